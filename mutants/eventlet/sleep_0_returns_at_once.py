from honest import Eventlet, serve


class Mutant(Eventlet):
    def sleep(self, *seconds: float) -> None:
        if any(seconds):
            super().sleep(*seconds)


if __name__ == '__main__':
    serve(Mutant)
