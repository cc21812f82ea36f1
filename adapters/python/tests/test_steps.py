"""Every step, in an uncoloured runtime and in a coloured one."""

from .adapter import ASYNCIO, THREADS
from .every_runtime import EveryRuntime, Exclusion


class Threads(EveryRuntime, Exclusion):
    script = THREADS


class Asyncio(EveryRuntime, Exclusion):
    script = ASYNCIO


del EveryRuntime, Exclusion  # bases, not tests of their own
