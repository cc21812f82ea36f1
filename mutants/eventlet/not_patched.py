from honest import Eventlet, serve


class Mutant(Eventlet):
    def prepare(self, patch: bool) -> None:
        super().prepare(False)


if __name__ == '__main__':
    serve(Mutant)
