"""asyncio as a runtime: coloured."""

import asyncio
import platform
from collections import defaultdict
from typing import Any, Coroutine, DefaultDict

from greenspec_adapter import Body, Lock, Runtime, serve


class Asyncio(Runtime):
    name = 'asyncio'
    coloured = True

    def prepare(self, patch: bool) -> None:
        self.version = platform.python_version()
        self.lock = Lock('asyncio.Lock', self.version)
        self.locks: DefaultDict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def spawn(self, body: Body) -> Any:
        return asyncio.get_running_loop().create_task(body())

    def join(self, thread: Any) -> Any:
        return thread

    def sleep(self, *seconds: float) -> Any:
        return asyncio.sleep(*(seconds or (0,)))

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
        self.locks.clear()  # a lock belongs to the loop that first waited for it
        coroutine: Coroutine[Any, Any, None] = main()
        asyncio.run(coroutine)


if __name__ == '__main__':
    serve(Asyncio)
