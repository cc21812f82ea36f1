"""asyncio, the standard library's: coroutines, which only `await` can suspend."""

import asyncio
import platform
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Callable, DefaultDict

from greenspec_adapter import Body, Lock, Runtime, drivers, serve, timed_out


class Asyncio(Runtime):
    name = 'asyncio'
    coloured = True

    def prepare(self, patch: bool) -> None:
        self.version = platform.python_version()
        self.loop = asyncio.new_event_loop()
        self.hub = f'{type(self.loop).__module__}.{type(self.loop).__qualname__}'
        self.lock = Lock('asyncio.Lock', self.version)
        self.locks: DefaultDict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        pool = ThreadPoolExecutor(self.pool)

        def in_pool(function: Callable[..., Any], *args: Any, **named: Any) -> Any:
            return self.loop.run_in_executor(pool, partial(function, *args, **named))

        # The C library is called from a coroutine like any other function: there is nothing in it to await.
        self.drivers = drivers.usual(drivers.aiomysql(), 'loop.run_in_executor', in_pool)

    def spawn(self, body: Body) -> Any:
        return self.loop.create_task(body())

    def join(self, thread: Any) -> Any:
        return thread

    def kill(self, thread: Any) -> None:
        thread.cancel()

    async def timeout(self, seconds: float, body: Body) -> Any:
        try:
            return await asyncio.wait_for(body(), seconds)
        except asyncio.TimeoutError:
            raise timed_out(seconds) from None

    def sleep(self, *seconds: float) -> Any:
        return asyncio.sleep(*seconds)

    async def synchronized(self, name: str, body: Body) -> Any:
        async with self.locks[name]:
            return await body()

    async def receive(self, host: str, port: int, line: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(host, port)
        try:
            writer.write(line)
            return await reader.readline()
        finally:
            writer.close()

    def run(self, main: Body) -> None:
        self.loop.run_until_complete(main())


if __name__ == '__main__':
    serve(Asyncio)
