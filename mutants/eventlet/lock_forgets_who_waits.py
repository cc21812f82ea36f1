from typing import Any, Callable, Dict, List

import eventlet
from eventlet.hubs import get_hub
from honest import Eventlet, serve


class Lock:
    def __init__(self) -> None:
        self.taken = False
        self.waiters: List[Any] = []

    def __enter__(self) -> None:
        if self.taken:
            self.waiters.append(eventlet.getcurrent())
        while self.taken:
            get_hub().switch()
        self.taken = True

    def __exit__(self, *_: object) -> None:
        self.taken = False
        if self.waiters:
            get_hub().schedule_call_global(0, self.waiters.pop(0).switch)


class Mutant(Eventlet):
    locks: Dict[str, Lock] = {}

    def synchronized(self, name: str, body: Callable[[], Any]) -> Any:
        with self.locks.setdefault(name, Lock()):
            return body()


if __name__ == '__main__':
    serve(Mutant)
