from honest import Eventlet, drivers, serve


class Mutant(Eventlet):
    def prepare(self, patch: bool) -> None:
        super().prepare(patch)
        driver = drivers.pymysql()
        if driver is not None:
            self.drivers['c-library'] = driver


if __name__ == '__main__':
    serve(Mutant)
