"""One run of a program: all its state. Nothing is left for the next run."""

from __future__ import annotations

from itertools import count
from typing import Any, Awaitable, Callable, Dict, List, Set

from .connections import Connections
from .events import Events
from .log import ProgramLog
from .runtime import Runtime

Step = Dict[str, Any]
#: A step, compiled: gives its value, or something to await.
Action = Callable[['Instance'], Any]
#: A list of steps, compiled.
Steps = Callable[['Instance'], Awaitable[None]]


class Returned(BaseException):
    """Ends a green thread with a value. No `Exception`, so that no step and no library takes it for an error."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class Instance:
    """A green thread of the program that runs: `main`, or `NAME#1`, `NAME#2`, …"""

    __slots__ = ('name', 'handle', 'locals', 'reported', 'begun', 'killed', 'complete')

    def __init__(self, name: str) -> None:
        self.name = name
        #: What the runtime's `spawn` gave.
        self.handle: Any = None
        self.locals: Dict[str, Any] = {}
        #: The number of its last `started` event.
        self.reported = 0
        #: Whether it has run at all; whether it was killed; whether it came to its own end, by an error or not.
        self.begun = self.killed = self.complete = False


class Run:
    def __init__(self, runtime: Runtime, params: Dict[str, Any], events: Events) -> None:
        self.runtime = runtime
        self.events = events
        self.nonce: str = params['nonce']
        self.folder: str = params['folder']
        self.gates: Dict[str, Any] = params['gates']
        self.database = params.get('database')
        self.definitions: Dict[str, Any] = params['program']['threads']
        self.variables: Dict[str, Any] = dict(params['program'].get('variables', {}))

        self.log = ProgramLog(self.folder)
        self.connections = Connections()

        #: The steps of each green thread; the interpreter puts them here.
        self.threads: Dict[str, Steps] = {}
        self.instances: Dict[str, List[Instance]] = {name: [] for name in self.definitions}
        self.unfinished: Set[Instance] = set()
        self._numbers = {name: count(1) for name in self.definitions}

    def instance(self, thread: str) -> Instance:
        """A new instance, unfinished from now on."""
        instance = Instance(f'{thread}#{next(self._numbers[thread])}')
        self.unfinished.add(instance)
        return instance

    async def live(self, thread: str, instance: Instance) -> Any:
        """The life of an instance; gives what it returns."""
        instance.begun = True
        # Where a kill does nothing, one that was taken to be ended before it began may begin yet.
        self.unfinished.add(instance)
        try:
            await self.threads[thread](instance)
            instance.complete = True
            return None
        except Returned as end:
            instance.complete = True
            return end.value
        except Exception:
            instance.complete = True
            raise
        finally:
            self.unfinished.discard(instance)
