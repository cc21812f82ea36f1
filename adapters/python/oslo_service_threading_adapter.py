"""oslo.service on its threading backend, with futurist's executors: where OpenStack's services go."""

from concurrent.futures import Executor
from typing import Any

from greenspec_adapter import Body, drivers, serve
from threads_adapter import Threads


class OsloServiceThreading(Threads):
    name = 'oslo-service-threading'
    executor_name = 'futurist.ThreadPoolExecutor'

    def prepare(self, patch: bool) -> None:
        super().prepare(patch)
        from oslo_service import backend

        backend.init_backend(backend.BackendType.THREADING)
        from oslo_service import service

        # The group that a service starts its threads in, larger than any program: what a full one does is no matter of the page.
        self.group = service.Service(threads=10_000).tg
        self.tasks_group = service.Service(threads=self.pool).tg
        self.version = drivers.version_of('oslo.service')
        self.components['futurist'] = drivers.version_of('futurist')

    def make_executor(self) -> Executor:
        from futurist import ThreadPoolExecutor

        executor: Executor = ThreadPoolExecutor(self.pool)
        return executor

    def spawn(self, body: Body) -> Any:
        return self.group.add_thread(body)

    def spawn_in_pool(self, body: Body) -> Any:
        return self.tasks_group.add_thread(body)

    def kill(self, thread: Any) -> None:
        thread.stop()

    def join(self, thread: Any) -> Any:
        return thread.wait()


if __name__ == '__main__':
    serve(OsloServiceThreading)
