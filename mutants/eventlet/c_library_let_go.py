import mmap
from pathlib import Path
from typing import Any

from honest import Eventlet, serve


class Mutant(Eventlet):
    def prepare(self, patch: bool) -> None:
        super().prepare(patch)
        driver = self.drivers.get('c-library')
        if driver is not None:
            with Path(__file__).open('rb') as file:
                self.loaded = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self.drivers['c-library'] = driver._replace(library=Path(__file__).name)

    def connect(self, driver: str, address: Any) -> Any:
        self.loaded.close()
        return super().connect(driver, address)


if __name__ == '__main__':
    serve(Mutant)
