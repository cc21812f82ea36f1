"""OS threads, with nothing but the standard library."""

import os
import platform
import socket
import threading
import time
from collections import defaultdict
from concurrent.futures import Future
from typing import Any, DefaultDict

from greenspec_adapter import Body, Lock, Runtime, drivers, serve


class PlainThreads(Runtime):
    name = 'plain-threads'

    def prepare(self, patch: bool) -> None:
        print('a stray print')
        self.version = platform.python_version()
        self.lock = Lock('threading.Lock', self.version)
        self.socket_module = socket
        self.drivers = drivers.available(c_library=drivers.c_library(), native=drivers.pymysql())
        self.locks: DefaultDict[str, threading.Lock] = defaultdict(threading.Lock)

    def spawn(self, body: Body) -> Any:
        future: Future[Any] = Future()

        def live() -> None:
            try:
                future.set_result(body())
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=live).start()
        return future

    def join(self, thread: Any) -> Any:
        return thread.result()

    def sleep(self, *seconds: float) -> None:
        time.sleep(*seconds)

    def yield_now(self) -> int:
        os.sched_yield()
        return 1

    def synchronized(self, name: str, body: Body) -> Any:
        with self.locks[name]:
            return body()


if __name__ == '__main__':
    serve(PlainThreads)
