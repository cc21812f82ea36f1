"""What an adapter states about its runtime."""

from __future__ import annotations

import time
from typing import Any, Callable, ClassVar, Coroutine, Dict, List, NamedTuple, Optional, Set

from .drivers import Driver

#: The body of a green thread or of a lock: a plain function, or in a coloured runtime one whose result is to be awaited.
Body = Callable[[], Any]


class Lock(NamedTuple):
    """The lock behind `synchronized`. A stand-in is anything but OpenStack's lockutils."""

    name: str
    version: Optional[str] = None
    stand_in: bool = True


class Runtime:
    """A concurrency runtime. A subclass says how it spawns, joins, sleeps, locks and connects; `serve` does the rest.

    One object lives as long as its process. `prepare` is called first, once. Every other method is called by green threads of
    the runtime. In a runtime with coloured functions (asyncio) each may give an awaitable, which is awaited.
    """

    #: The runtime's name, as reports show it.
    name: ClassVar[str]
    #: Whether functions that wait are of another kind (`async def`) than functions that do not.
    coloured: ClassVar[bool] = False
    #: Whether `prepare` can monkey-patch the standard library.
    can_patch: ClassVar[bool] = False

    #: The runtime's version; to be set by `prepare`, like all that follow.
    version: str
    #: The hub or event loop that is running.
    hub: Optional[str] = None
    #: The runtime's green sockets: a module with the interface of `socket`.
    socket_module: Any = None
    #: The size that the runtime's pools are to have, of OS threads and of connections: known before `prepare` is called.
    pool: int

    def __init__(self) -> None:
        #: The lock that `synchronized` uses.
        self.lock = Lock('none')
        #: MySQL drivers by the protocol's names, as `drivers.available` gives them; those that are not installed are left out.
        self.drivers: Dict[str, Driver] = {}
        #: Further versions worth knowing, by name.
        self.components: Dict[str, str] = {}
        #: Capabilities that this process lacks although the class has the method: `synchronized`, `sleep/standard`, …
        self.lacks: Set[str] = set()

    def prepare(self, patch: bool) -> None:
        """Monkey-patches if asked to, then imports the runtime. Nothing of the runtime may be imported before.

        What it raises, an `ImportError` say, is the harness's answer: this cannot be done here.
        """
        raise NotImplementedError

    def spawn(self, body: Body) -> Any:
        """Starts a green thread that calls `body` and ends with its result. Gives what `join` takes."""
        raise NotImplementedError

    def spawn_in_pool(self, body: Body) -> Any:
        """Starts a body in the runtime's pool of tasks, which has `pool` places. Gives what `join` takes."""
        raise NotImplementedError

    def kill(self, thread: Any) -> Any:
        """Ends a green thread by the runtime's own means, whatever it is doing. What it raises there is no `Exception`."""
        raise NotImplementedError

    def timeout(self, seconds: float, body: Body) -> Any:
        """Calls `body`. What is raised in it after so many seconds is no `Exception`, and comes out as `timed_out(seconds)`."""
        raise NotImplementedError

    def join(self, thread: Any) -> Any:
        """Waits for a green thread; gives what it returned, or raises what it raised."""
        raise NotImplementedError

    def sleep(self, *seconds: float) -> Any:
        """The runtime's own sleep, called with these arguments: one number, or none."""
        raise NotImplementedError

    def yield_now(self) -> Any:
        """Lets whoever else is ready run. Only for a runtime whose sleep of 0 does not."""
        raise NotImplementedError

    def patched(self) -> bool:
        """Whether the standard library's sleep is the library's own now: looked at, never remembered."""
        return False

    def standard_sleep(self, *seconds: float) -> Any:
        """The standard library's sleep, patched or not: looked up when called."""
        return time.sleep(*seconds)

    def synchronized(self, name: str, body: Body) -> Any:
        """Calls `body` inside the runtime's lock of that name, by its decorator where it has one."""
        raise NotImplementedError

    def receive(self, host: str, port: int, line: bytes) -> Any:
        """Connects, sends a line and gives the line that comes back; less than a line if the connection ends before.

        Uses `socket_module`, unless a runtime has something else for green I/O and says how.
        """
        sockets = self.socket_module
        connection = sockets.socket(sockets.AF_INET, sockets.SOCK_STREAM)
        try:
            connection.connect((host, port))
            connection.sendall(line)
            received = b''
            while not received.endswith(b'\n'):
                chunk = connection.recv(4096)
                if not chunk:
                    break
                received += chunk
            return received
        finally:
            connection.close()

    def connect(self, driver: str, address: Dict[str, Any]) -> Any:
        """Opens a connection to MySQL, autocommit on. `address` has host, port, user, password and database."""
        return self.drivers[driver].open(**address, autocommit=True)

    def query(self, connection: Any, sql: str) -> Any:
        """Sends a statement; gives its rows, or None where there is no result set."""
        return connection.query(sql)

    def close(self, connection: Any) -> Any:
        """Closes a connection."""
        return connection.close()

    def run(self, main: Body) -> None:
        """Runs a program's `main` to its end: in place, or in an event loop in a coloured runtime."""
        main()


def body_of(runtime: Runtime, function: Callable[[], Coroutine[Any, Any, Any]]) -> Body:
    """The kind of callable that a runtime's green threads, locks and calls want for an `async` function."""
    if runtime.coloured:
        return function

    def body() -> Any:
        return drive(function())

    return body


def drive(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Runs a coroutine that never suspends to its end: an uncoloured runtime's methods wait inside their calls."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    coroutine.close()
    raise RuntimeError('an uncoloured runtime gave something to be awaited; coloured = True is missing')


def capabilities(runtime: Runtime) -> List[str]:
    """What a runtime has, in the words of the protocol: what its class says how to do, and what its process has to do it with."""
    words = {'return', 'raise', 'attempt', 'compute', 'call', 'touch/file', 'touch/log', 'get', 'set', 'when', 'repeat', 'until'}
    words |= {'sleep/standard', 'wait/raw-pipe', 'patch/off'}
    words |= {'patch/on'} if runtime.can_patch else set()
    words |= {step for step in ('spawn', 'join', 'synchronized', 'kill', 'timeout') if _says_how(runtime, step)}
    words |= {'spawn/pool'} if _says_how(runtime, 'spawn_in_pool') else set()
    words |= {'sleep/library', 'sleep/negative'} if _says_how(runtime, 'sleep') else set()
    words |= {'yield'} if _says_how(runtime, 'yield_now') else set()
    words |= {'wait/green'} if runtime.socket_module or _says_how(runtime, 'receive') else set()
    words |= {'query', 'close', *(f'connect/{driver}' for driver in runtime.drivers)} if runtime.drivers else set()
    # A library calls its callbacks plainly: what is to be awaited cannot wait in there.
    words |= set() if runtime.coloured else {'call/callback'}
    words |= {'hold/log'} | ({'hold/early'} if runtime.patched() else set())
    return sorted(words - runtime.lacks)


def _says_how(runtime: Runtime, method: str) -> bool:
    return getattr(type(runtime), method) is not getattr(Runtime, method)
