"""An adapter for plain threads. Put your runtime's own calls in the place of threading's, one after the other.

`greenspec check -- python adapter.py` tells whether it is sound, and `greenspec run NAME -- python adapter.py` what is true of your
runtime. What each method must do is said in greenspec_adapter.Runtime.
"""

import platform
import socket
import threading
import time
from collections import defaultdict
from concurrent.futures import Future
from typing import Any, DefaultDict

from greenspec_adapter import Body, Lock, Runtime, drivers, serve


class Mine(Runtime):
    name = 'mine'

    def prepare(self, patch: bool) -> None:
        # Import your runtime here, not above: after any monkey-patching. Set can_patch = True above if there is such.
        self.version = platform.python_version()
        # Green sockets: a module with the interface of socket, which switches where it waits.
        self.socket_module = socket
        self.lock = Lock('threading.Lock', self.version)
        self.locks: DefaultDict[str, threading.Lock] = defaultdict(threading.Lock)
        # Drivers that are not installed are left out; with none, scenarios that query do not apply.
        self.drivers = drivers.available(c_library=drivers.c_library(), native=drivers.pymysql())

    def spawn(self, body: Body) -> Any:
        ending: 'Future[Any]' = Future()

        def live() -> None:
            try:
                ending.set_result(body())
            except BaseException as error:
                ending.set_exception(error)

        threading.Thread(target=live, daemon=True).start()
        return ending

    def join(self, thread: Any) -> Any:
        return thread.result()

    def sleep(self, *seconds: float) -> None:
        # As it was called: time.sleep takes an argument, and a call without one raises.
        time.sleep(*seconds)

    def synchronized(self, name: str, body: Body) -> Any:
        with self.locks[name]:
            return body()


if __name__ == '__main__':
    serve(Mine)
