from typing import Any, Callable, Dict, List

import eventlet
from eventlet.semaphore import Semaphore
from honest import Eventlet, serve


class Lock:
    def __init__(self) -> None:
        self.semaphore = Semaphore(1)
        self.inside: List[Any] = []
        self.last: Any = None
        self.in_a_row = 0

    def __enter__(self) -> None:
        me = eventlet.getcurrent()
        if self.in_a_row < 2 or not self.inside:
            self.semaphore.acquire()
        self.inside.append(me)
        self.in_a_row = self.in_a_row + 1 if me is self.last else 1
        self.last = me

    def __exit__(self, *_: object) -> None:
        self.inside.remove(eventlet.getcurrent())
        if not self.inside:
            self.semaphore.release()


class Mutant(Eventlet):
    locks: Dict[str, Lock] = {}

    def synchronized(self, name: str, body: Callable[[], Any]) -> Any:
        with self.locks.setdefault(name, Lock()):
            return body()


if __name__ == '__main__':
    serve(Mutant)
