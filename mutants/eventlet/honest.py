"""Real eventlet, as greenspec tests it: what the mutants in this folder break one thing of."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / 'adapters' / 'python'))

from eventlet_adapter import Eventlet  # noqa: E402
from greenspec_adapter import drivers, serve  # noqa: E402

__all__ = ['Eventlet', 'drivers', 'serve']
