"""The line channel to the harness: messages in by descriptor 0, out by what was descriptor 1."""

from __future__ import annotations

import sys
from typing import Any, Dict, Iterator

from .errors import INVALID_REQUEST, RequestError
from .native import dup, dup2, read, write_all
from .values import encode

MESSAGE_LIMIT = 1024 * 1024
_CHUNK = 64 * 1024


class Channel:
    """Takes descriptor 1 for itself: a stray print goes to standard error from here on."""

    def __init__(self) -> None:
        self.descriptor = dup(1)
        dup2(2, 1)
        getattr(sys.stdout, 'reconfigure')(line_buffering=True)

    def lines(self) -> Iterator[bytes]:
        """The lines that come in, until the end of input. A line over the limit raises `RequestError`."""
        pending = b''
        while True:
            chunk = read(0, _CHUNK)
            if not chunk:
                return
            *complete, pending = (pending + chunk).split(b'\n')
            for line in complete:
                yield _within_limit(line)
            _within_limit(pending)

    def send(self, message: Dict[str, Any]) -> None:
        write_all(self.descriptor, f'{encode(message)}\n'.encode('ascii'))


def _within_limit(line: bytes) -> bytes:
    if len(line) > MESSAGE_LIMIT:
        raise RequestError(INVALID_REQUEST, f'a line of more than {MESSAGE_LIMIT} bytes')
    return line
