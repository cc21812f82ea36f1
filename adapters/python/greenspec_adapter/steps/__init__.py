"""The steps of the program language: for each, a function that makes its action for a run.

A maker takes the run and the step; that of a step which holds steps also takes these, compiled.
"""

from __future__ import annotations

from typing import Callable, Dict

from ..run import Action, Run, Step, Steps
from .database import close, connect, query
from .flow import attempt, call, raise_, repeat, timeout, until, when
from .threads import join, kill, return_, spawn
from .variables import get, set_
from .waiting import compute, hold, sleep, synchronized, touch, wait, yield_

PLAIN: Dict[str, Callable[[Run, Step], Action]] = {
    'spawn': spawn,
    'join': join,
    'kill': kill,
    'return': return_,
    'raise': raise_,
    'sleep': sleep,
    'yield': yield_,
    'compute': compute,
    'wait': wait,
    'touch': touch,
    'get': get,
    'set': set_,
    'connect': connect,
    'query': query,
    'close': close,
}

#: The steps that have a value. What a runtime's sleep, say, gives is none.
VALUED = frozenset({'join', 'attempt', 'wait', 'touch', 'get', 'set', 'query'})

NESTING: Dict[str, Callable[[Run, Step, Steps], Action]] = {
    'attempt': attempt,
    'timeout': timeout,
    'call': call,
    'when': when,
    'synchronized': synchronized,
    'hold': hold,
    'repeat': repeat,
    'until': until,
}
