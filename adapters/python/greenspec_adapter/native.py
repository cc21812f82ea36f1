"""The operating system's own calls, kept from before any monkey-patching.

What reports on a runtime must not go through it: a patched `os.write` or lock may switch green threads in the middle of an
event. This module is imported first and refers to the builtin modules only, so that nothing here can have been patched.
"""

from _thread import allocate_lock, get_native_id
from os import O_RDONLY, close, dup, dup2, read, stat, write
from os import _exit as exit_now
from os import open as open_descriptor
from time import monotonic

__all__ = [
    'allocate_lock',
    'dup',
    'dup2',
    'early_lock',
    'exists',
    'exit_now',
    'get_native_id',
    'monotonic',
    'read',
    'read_line_of',
    'write_all',
]


#: A lock of the standard library's that was made before anything was patched, as a module that was imported too early has them.
early_lock = allocate_lock()


def exists(path: str) -> bool:
    """`os.path.exists`, by the kept `stat`."""
    try:
        stat(path)
    except OSError:
        return False
    return True


def read_line_of(pipe: str) -> bytes:
    """Opens a named pipe and reads a line, each a call that blocks the OS thread; less than a line if the pipe ends before."""
    descriptor = open_descriptor(pipe, O_RDONLY)
    try:
        received = b''
        while b'\n' not in received:
            chunk = read(descriptor, 4096)
            if not chunk:
                return received
            received += chunk
        return received[: received.index(b'\n') + 1]
    finally:
        close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Writes in one piece, or in more where the system takes less. Ends the process if nobody reads any more."""
    try:
        written = write(descriptor, data)
        while written < len(data):
            written += write(descriptor, data[written:])
    except OSError:
        exit_now(1)
