from typing import Any, Callable

from honest import Eventlet, serve


class Mutant(Eventlet):
    def synchronized(self, name: str, body: Callable[[], Any]) -> Any:
        return body()


if __name__ == '__main__':
    serve(Mutant)
