from typing import Any, Callable

from honest import Eventlet, serve

MOST = 5


class Mutant(Eventlet):
    def prepare(self, patch: bool) -> None:
        super().prepare(patch)
        self.threading = self.eventlet.patcher.original('threading')
        self.taken = 0

    def spawn(self, body: Callable[[], Any]) -> Any:
        if self.taken == MOST:
            return super().spawn(body)
        self.taken += 1
        leave = self.threading.Event()
        self.threading.Thread(target=leave.wait, daemon=True).start()
        return super().spawn(lambda: self.run_beside(leave, body))

    def run_beside(self, leave: Any, body: Callable[[], Any]) -> Any:
        try:
            return body()
        finally:
            self.taken -= 1
            leave.set()


if __name__ == '__main__':
    serve(Mutant)
