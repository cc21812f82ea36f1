"""Threads of the operating system, with oslo.concurrency's locks: what OpenStack's services are moving to."""

import platform
import socket
import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, Callable

from greenspec_adapter import Body, Lock, Runtime, drivers, serve


class Threads(Runtime):
    name = 'threads'
    executor_name = 'concurrent.futures.ThreadPoolExecutor'

    def prepare(self, patch: bool) -> None:
        from oslo_concurrency import lockutils

        self.version = platform.python_version()
        self.socket_module = socket
        self.lock = Lock('oslo_concurrency.lockutils', drivers.version_of('oslo.concurrency'), stand_in=False)
        self.lockutils = lockutils
        self.executor = self.make_executor()
        self.drivers = drivers.usual(drivers.pymysql(), self.executor_name, self.in_pool)

    def make_executor(self) -> Executor:
        return ThreadPoolExecutor(self.pool)

    def in_pool(self, function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        return self.executor.submit(function, *args, **named).result()

    def spawn(self, body: Body) -> Any:
        ending: Future[Any] = Future()

        def live() -> None:
            try:
                ending.set_result(body())
            except BaseException as error:
                ending.set_exception(error)

        threading.Thread(target=live).start()
        return ending

    def spawn_in_pool(self, body: Body) -> Any:
        return self.executor.submit(body)

    def join(self, thread: Any) -> Any:
        return thread.result()

    def sleep(self, *seconds: float) -> None:
        time.sleep(*seconds)

    def synchronized(self, name: str, body: Body) -> Any:
        return self.lockutils.synchronized(name)(body)()


if __name__ == '__main__':
    serve(Threads)
