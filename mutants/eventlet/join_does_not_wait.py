from typing import Any

from honest import Eventlet, serve


class Mutant(Eventlet):
    def join(self, thread: Any) -> Any:
        return thread.wait() if thread.dead else None


if __name__ == '__main__':
    serve(Mutant)
