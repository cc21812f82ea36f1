"""Connects a Python concurrency runtime to greenspec: subclass `Runtime`, then call `serve` with the class.

    class Gevent(Runtime):
        name = 'gevent'

        def prepare(self, patch):
            global gevent
            import gevent.socket

            self.version = gevent.__version__
            self.socket_module = gevent.socket

        def spawn(self, body):
            return gevent.spawn(body)

        def join(self, thread):
            return thread.get()

        def sleep(self, *seconds):
            gevent.sleep(*seconds)

    if __name__ == '__main__':
        serve(Gevent)

`docs/protocol.md` is the contract; everything in it but the runtime's own primitives is done here.
"""

from . import drivers
from .errors import StepError, timed_out
from .runtime import Body, Lock, Runtime
from .serve import serve
from .timeouts import within

__all__ = ['Body', 'Lock', 'Runtime', 'StepError', 'drivers', 'serve', 'timed_out', 'within']
