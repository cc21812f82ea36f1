"""The events of one run, numbered in the order in which they are written."""

from __future__ import annotations

from typing import Any

from .errors import encoded_failure
from .native import allocate_lock, get_native_id, monotonic, write_all
from .values import encode, shortened

#: A pipe takes this many bytes in one piece.
EVENT_LIMIT = 4096

_VALUE = ',"value":'
_END = '}}\n'


class Events:
    """Writes events: each numbered and written under one native lock, before its step goes on, and never kept back."""

    def __init__(self, descriptor: int, run: str) -> None:
        self.last = 0
        self._descriptor = descriptor
        self._head = f'{{"jsonrpc":"2.0","method":"event","params":{{"run":"{run}","n":'
        self._lock = allocate_lock()
        self._closed = False

    def started(self, thread: str, label: str) -> int:
        return self._write(thread, label, 'started')

    def entered(self, thread: str, label: str) -> int:
        return self._write(thread, label, 'entered')

    def finished(self, thread: str, label: str, value: Any = None) -> int:
        return self._write(thread, label, 'finished', _VALUE + ('null' if value is None else encode(value)), value)

    def raised(self, thread: str, label: str, error: BaseException) -> int:
        return self._write(thread, label, 'raised', ',"error":' + encoded_failure(error))

    def close(self) -> int:
        """Ends the run and gives the last number. What green threads that were left behind still do is no event of it."""
        with self._lock:
            self._closed = True
            return self.last

    def _write(self, thread: str, label: str, phase: str, detail: str = '', value: Any = None) -> int:
        # By hand, since names need no escapes and a JSON encoder would take longer than the write itself.
        with self._lock:
            if self._closed:
                return self.last
            self.last = number = self.last + 1
            event = (
                f'{self._head}{number},"thread":"{thread}","os":{get_native_id()},"at":{monotonic() * 1000:.3f}'
                f',"label":"{label}","phase":"{phase}"'
            )
            room = EVENT_LIMIT - len(event) - len(_END)
            if len(detail) > room:
                detail = _VALUE + shortened(value, room - len(_VALUE))
            write_all(self._descriptor, (event + detail + _END).encode('ascii'))
            return number
