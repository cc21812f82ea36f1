"""eventlet over greenlet, with oslo.concurrency's locks: what OpenStack's services ran on."""

import time
from functools import partial
from typing import Any

from greenspec_adapter import Body, Lock, Runtime, drivers, serve, within


class Eventlet(Runtime):
    name = 'eventlet'
    can_patch = True

    def prepare(self, patch: bool) -> None:
        import eventlet

        if patch:
            eventlet.monkey_patch()
        self._import_locks(patch)
        import eventlet.green.socket
        import greenlet
        from eventlet import db_pool, tpool

        self.eventlet = eventlet
        self.socket_module = eventlet.green.socket
        self.version = eventlet.__version__
        self.hub = eventlet.hubs.get_hub().__module__
        self.tasks = eventlet.GreenPool(self.pool)
        tpool.set_num_threads(self.pool)
        # eventlet's own choice of its two kinds. No verdict may hang on how long a server takes to answer.
        make_pool = partial(db_pool.ConnectionPool, max_size=self.pool, connect_timeout=None)
        lent = drivers.lent('eventlet.db_pool', drivers.c_library(), make_pool)
        # After patching, so that PyMySQL finds green sockets; in an unpatched process it finds blocking ones, as it should.
        self.drivers = drivers.usual(drivers.pymysql(), 'eventlet.tpool', tpool.execute, connection_pool=lent)
        self.components['greenlet'] = greenlet.__version__

    def _import_locks(self, patch: bool) -> None:
        if not patch:
            # lockutils has no locks of its own: it takes threading's. Unpatched, a green thread that waits for one stops the OS
            # thread, and with it the holder of the lock, for ever.
            self.lacks.add('synchronized')
            return
        from oslo_concurrency import lockutils

        self.lock = Lock('oslo_concurrency.lockutils', drivers.version_of('oslo.concurrency'), stand_in=False)
        self.lockutils = lockutils

    def spawn(self, body: Body) -> Any:
        return self.eventlet.spawn(body)

    def spawn_in_pool(self, body: Body) -> Any:
        return self.tasks.spawn(body)

    def join(self, thread: Any) -> Any:
        return thread.wait()

    def kill(self, thread: Any) -> None:
        thread.kill()

    def timeout(self, seconds: float, body: Body) -> Any:
        return within(self.eventlet.Timeout(seconds), seconds, body)

    def patched(self) -> bool:
        return time.sleep is self.eventlet.greenthread.sleep

    def sleep(self, *seconds: float) -> None:
        self.eventlet.greenthread.sleep(*seconds)

    def synchronized(self, name: str, body: Body) -> Any:
        return self.lockutils.synchronized(name)(body)()


if __name__ == '__main__':
    serve(Eventlet)
