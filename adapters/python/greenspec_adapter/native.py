"""The operating system's own calls, kept from before any monkey-patching.

What reports on a runtime must not go through it: a patched `os.write` or lock may switch green threads in the middle of an
event. This module is imported first and refers to the builtin modules only, so that nothing here can have been patched.
"""

from _thread import allocate_lock, get_native_id
from os import _exit as exit_now
from os import dup, dup2, read, stat, write
from time import monotonic

__all__ = ['allocate_lock', 'dup', 'dup2', 'exists', 'exit_now', 'get_native_id', 'monotonic', 'read', 'write_all']


def exists(path: str) -> bool:
    """`os.path.exists`, by the kept `stat`."""
    try:
        stat(path)
    except OSError:
        return False
    return True


def write_all(descriptor: int, data: bytes) -> None:
    """Writes in one piece, or in more where the system takes less. Ends the process if nobody reads any more."""
    try:
        written = write(descriptor, data)
        while written < len(data):
            written += write(descriptor, data[written:])
    except OSError:
        exit_now(1)
