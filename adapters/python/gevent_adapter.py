"""gevent over greenlet, with its own locks."""

import time
from collections import defaultdict
from typing import Any, Callable, DefaultDict

from greenspec_adapter import Body, Lock, Runtime, drivers, serve, within


class Gevent(Runtime):
    name = 'gevent'
    can_patch = True

    def prepare(self, patch: bool) -> None:
        if patch:
            # First of all: it warns where ssl, say, was there before it.
            from gevent import monkey

            monkey.patch_all()
        import gevent
        import gevent.socket
        import greenlet
        from gevent.lock import BoundedSemaphore
        from gevent.pool import Pool
        from gevent.threadpool import ThreadPool

        self.gevent = gevent
        self.socket_module = gevent.socket
        self.version = gevent.__version__
        self.hub = type(gevent.get_hub().loop).__module__
        self.lock = Lock('gevent.lock.BoundedSemaphore', self.version)
        self.locks: DefaultDict[str, BoundedSemaphore] = defaultdict(BoundedSemaphore)
        self.components['greenlet'] = greenlet.__version__
        self.tasks = Pool(self.pool)
        pool = ThreadPool(self.pool)

        def in_pool(function: Callable[..., Any], *args: Any, **named: Any) -> Any:
            return pool.apply(function, args, named)

        # After patching, so that PyMySQL finds green sockets; in an unpatched process it finds blocking ones, as it should.
        self.drivers = drivers.usual(drivers.pymysql(), 'gevent.threadpool', in_pool)

    def spawn(self, body: Body) -> Any:
        return self.gevent.spawn(body)

    def spawn_in_pool(self, body: Body) -> Any:
        return self.tasks.spawn(body)

    def join(self, thread: Any) -> Any:
        return thread.get()

    def kill(self, thread: Any) -> None:
        thread.kill()

    def timeout(self, seconds: float, body: Body) -> Any:
        return within(self.gevent.Timeout.start_new(seconds), seconds, body)

    def patched(self) -> bool:
        return time.sleep is self.gevent.sleep

    def sleep(self, *seconds: float) -> None:
        self.gevent.sleep(*seconds)

    def synchronized(self, name: str, body: Body) -> Any:
        with self.locks[name]:
            return body()


if __name__ == '__main__':
    serve(Gevent)
