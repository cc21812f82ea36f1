"""The run's log.txt, written with the standard library's `logging`."""

from __future__ import annotations

import os
from typing import Any, Callable, Optional


class ProgramLog:
    """Opened by the first step that wants it, before the program starts, so that `touch log` is one call of `info`."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, 'log.txt')
        self._logger: Any = None
        self._handler: Any = None

    def open(self) -> Callable[..., None]:
        """Gives the logger's `info`."""
        if self._logger is None:
            # Imported here, after any patching: logging makes locks when it is imported.
            import logging

            self._handler = logging.FileHandler(self._path, encoding='utf-8')
            self._logger = logging.getLogger('greenspec.program')
            self._logger.setLevel(logging.INFO)
            self._logger.propagate = False
            self._logger.addHandler(self._handler)
        info: Callable[..., None] = self._logger.info
        return info

    def handler(self) -> Any:
        """What writes the lines, under a lock of its own."""
        self.open()
        return self._handler

    def close(self) -> None:
        if self._logger is not None:
            self._logger.removeHandler(self._handler)
            self._handler.close()
            self._logger = None
