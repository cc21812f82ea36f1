"""The open connections of a run, by the names that its program gives them."""

from __future__ import annotations

from typing import Any, List, NamedTuple

from .errors import StepError
from .native import allocate_lock


class _Open(NamedTuple):
    instance: str
    name: str
    connection: Any


class Connections:
    """A name means the connection that this instance opened, else the last that any opened; closed ones are forgotten."""

    def __init__(self) -> None:
        self._open: List[_Open] = []
        #: Native: held for no call of the runtime's, and green threads may be threads of the operating system.
        self._lock = allocate_lock()

    def add(self, instance: str, name: str, connection: Any) -> None:
        with self._lock:
            self._open.append(_Open(instance, name, connection))

    def find(self, instance: str, name: str) -> Any:
        with self._lock:
            return self._find(instance, name).connection

    def take(self, instance: str, name: str) -> Any:
        """Finds a connection and forgets it: it is about to be closed."""
        with self._lock:
            found = self._find(instance, name)
            self._open = [one for one in self._open if one is not found]
            return found.connection

    def take_all(self) -> List[Any]:
        with self._lock:
            taken, self._open = self._open, []
            return [one.connection for one in taken]

    def _find(self, instance: str, name: str) -> _Open:
        named = [one for one in self._open if one.name == name]
        if not named:
            raise StepError('no-connection', f'there is no open connection {name}')
        own = [one for one in named if one.instance == instance]
        found: _Open = (own or named)[-1]
        return found
