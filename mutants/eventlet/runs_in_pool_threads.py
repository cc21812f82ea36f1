from typing import Any, Callable

from honest import Eventlet, serve


class Mutant(Eventlet):
    def spawn(self, body: Callable[[], Any]) -> Any:
        from eventlet import tpool

        return super().spawn(lambda: tpool.execute(body))


if __name__ == '__main__':
    serve(Mutant)
