"""oslo.service on its eventlet backend: where OpenStack's services come from."""

from typing import Any

from eventlet_adapter import Eventlet
from greenspec_adapter import Body, drivers, serve


class OsloServiceEventlet(Eventlet):
    name = 'oslo-service-eventlet'

    def prepare(self, patch: bool) -> None:
        super().prepare(patch)
        from oslo_service import backend

        backend.init_backend(backend.BackendType.EVENTLET)
        from oslo_service import service

        # The group that a service starts its threads in, larger than any program: what a full one does is no matter of the page.
        self.group = service.Service(threads=10_000).tg
        self.components['eventlet'] = self.version
        self.tasks_group = service.Service(threads=self.pool).tg
        self.version = drivers.version_of('oslo.service')

    def spawn(self, body: Body) -> Any:
        return self.group.add_thread(body)

    def spawn_in_pool(self, body: Body) -> Any:
        return self.tasks_group.add_thread(body)

    def kill(self, thread: Any) -> None:
        thread.stop()


if __name__ == '__main__':
    serve(OsloServiceEventlet)
