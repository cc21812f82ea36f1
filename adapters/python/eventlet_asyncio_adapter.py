"""eventlet on its asyncio hub: green threads inside an event loop, for services that move from the one to the other."""

import os

from eventlet_adapter import Eventlet
from greenspec_adapter import serve


class EventletAsyncio(Eventlet):
    name = 'eventlet-asyncio'

    def prepare(self, patch: bool) -> None:
        # Read when eventlet is imported.
        os.environ['EVENTLET_HUB'] = 'asyncio'
        super().prepare(patch)


if __name__ == '__main__':
    serve(EventletAsyncio)
