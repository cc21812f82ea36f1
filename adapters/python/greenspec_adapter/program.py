"""The parameters of `run`, held against the protocol before anything is done with them."""

from __future__ import annotations

import re
from typing import Any, Callable, Container, Dict, List, NamedTuple

from .errors import BAD_PARAMS, RequestError

_NAME = re.compile(r'[A-Za-z][A-Za-z0-9_.-]{0,39}\Z')
_NONCE = re.compile(r'[0-9a-f]{16}\Z')


#: Python's own stack is not deep; steps beyond this would meet its end somewhere in the middle of a run.
NESTING_LIMIT = 100


class Field(NamedTuple):
    fits: Callable[[Any], bool]
    means: str
    required: bool = True


def _optional(field: Field) -> Field:
    return field._replace(required=False)


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_value, value))
    return value is None or isinstance(value, (str, int, float))


def _integer(least: int, most: int) -> Field:
    return Field(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most,
        f'an integer from {least} to {most}',
    )


def _one_of(*words: str) -> Field:
    return Field(lambda value: isinstance(value, str) and value in words, ' or '.join(words))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


NAME = Field(
    lambda value: isinstance(value, str) and _NAME.match(value) is not None,
    'a name: a letter, then at most 39 letters, digits, or _ . -',
)
VALUE = Field(_is_value, 'a string, a number, true, false, null, or a list of these')
NUMBER = Field(_is_number, 'a number')
SECONDS = Field(lambda value: _is_number(value) and 0 <= value <= 60, 'a number from 0 to 60')
#: Less than 0 is for a profile to ask what it does.
SLEEP = Field(lambda value: _is_number(value) and -60 <= value <= 60, 'a number from -60 to 60')
COUNT = _integer(1, 100_000)
SQL = Field(lambda value: isinstance(value, str) and 1 <= len(value) <= 10_000, 'a statement of 1 to 10000 characters')
TEXT = Field(lambda value: isinstance(value, str), 'a string')
LIST = Field(lambda value: isinstance(value, list), 'a list of steps')
OBJECT = Field(lambda value: isinstance(value, dict), 'an object')
NONCE = Field(lambda value: isinstance(value, str) and _NONCE.match(value) is not None, '16 hexadecimal digits')
PORT = _integer(1, 65_535)

#: Every step has a `do`, and may have a label.
STEPS: Dict[str, Dict[str, Field]] = {
    'spawn': {'thread': NAME, 'count': _optional(COUNT), 'through': _optional(_one_of('pool'))},
    'join': {'thread': NAME, 'into': _optional(NAME)},
    'kill': {'thread': NAME},
    'return': {'value': VALUE},
    'raise': {'error': NAME},
    'attempt': {'into': _optional(NAME), 'steps': LIST},
    'timeout': {'seconds': SECONDS, 'steps': LIST},
    'sleep': {'seconds': _optional(SLEEP), 'through': _one_of('library', 'standard')},
    'yield': {},
    'compute': {'until': NAME},
    'wait': {'label': NAME, 'gate': NAME, 'through': _one_of('green', 'raw-pipe'), 'into': _optional(NAME)},
    'call': {'depth': _integer(1, 100), 'via': _optional(_one_of('callback')), 'steps': LIST},
    'touch': {'what': _one_of('file', 'log')},
    'get': {'variable': NAME, 'into': _optional(NAME)},
    'set': {'variable': NAME, 'value': _optional(VALUE), 'from': _optional(NAME), 'plus': _optional(NUMBER)},
    'when': {'local': NAME, 'is': VALUE, 'steps': LIST},
    'synchronized': {'name': NAME, 'steps': LIST},
    'hold': {'lock': _one_of('early', 'log'), 'steps': LIST},
    'connect': {'connection': NAME, 'driver': _one_of('c-library', 'native', 'thread-pool', 'connection-pool')},
    'query': {'connection': NAME, 'sql': SQL, 'into': _optional(NAME)},
    'close': {'connection': NAME},
    'repeat': {'times': _integer(1, 1_000_000), 'steps': LIST},
    'until': {'variable': NAME, 'is': VALUE, 'unless': _optional(NAME), 'steps': LIST},
}
_EVERY_STEP = {'do': TEXT, 'label': _optional(NAME)}
_STEPS = {do: {**_EVERY_STEP, **fields} for do, fields in STEPS.items()}

_RUN = {
    'run': NAME,
    'nonce': NONCE,
    'program': OBJECT,
    'gates': OBJECT,
    'folder': TEXT,
    'database': _optional(OBJECT),
}
_GATES = {'host': TEXT, 'port': PORT}
_DATABASE = {'host': TEXT, 'port': PORT, 'user': TEXT, 'password': TEXT, 'database': TEXT}
_PROGRAM = {'threads': OBJECT, 'variables': _optional(OBJECT)}
_THREAD = {'steps': LIST, 'count': _optional(COUNT)}


def check_run(params: Any, capabilities: Container[str]) -> None:
    """Raises `RequestError` with the place and the reason if this is no run that an adapter with these capabilities can do."""
    _check_fields('params', params, _RUN)
    _check_fields('gates', params['gates'], _GATES)
    if 'database' in params:
        _check_fields('database', params['database'], _DATABASE)
    _check_program(params['program'], capabilities)


def capability_of(step: Dict[str, Any]) -> str:
    """The word a step needs: `sleep/library`, `connect/native`, `repeat`."""
    if step['do'] == 'sleep' and step.get('seconds', 0) < 0:
        return 'sleep/negative'
    variants = [step[field] for field in ('through', 'driver', 'what', 'via', 'lock') if field in step]
    return '/'.join([step['do'], *variants])


class _Known(NamedTuple):
    """What steps may refer to."""

    threads: Container[str]
    capabilities: Container[str]


def _check_program(program: Dict[str, Any], capabilities: Container[str]) -> None:
    _check_fields('program', program, _PROGRAM)
    for name, value in program.get('variables', {}).items():
        _check(f'variables.{name}', name, NAME)
        _check(f'variables.{name}', value, VALUE)
    threads = program['threads']
    if 'main' not in threads:
        raise _refusal('threads', 'a program needs a green thread named main')
    for name, thread in threads.items():
        _check(f'threads.{name}', name, NAME)
        _check_fields(f'threads.{name}', thread, _THREAD)
        _check_steps(f'threads.{name}.steps', thread['steps'], _Known(threads, capabilities))


def _check_steps(at: str, steps: List[Any], known: _Known, depth: int = 1) -> None:
    if depth > NESTING_LIMIT:
        raise _refusal('program', f'steps nested more than {NESTING_LIMIT} deep')
    for index, step in enumerate(steps):
        _check_step(f'{at}[{index}]', step, known, depth)


def _check_step(at: str, step: Any, known: _Known, depth: int) -> None:
    _check(at, step, OBJECT)
    fields = _STEPS.get(step.get('do')) if isinstance(step.get('do'), str) else None
    if fields is None:
        raise _refusal(at, f'unknown step {step.get("do")!r}')
    _check_fields(at, step, fields)
    if 'thread' in step and step['thread'] not in known.threads:
        raise _refusal(at, f'there is no green thread {step["thread"]} in the program')
    word = capability_of(step)
    if word not in known.capabilities:
        raise _refusal(at, f'this runtime has no {word}')
    if 'steps' in step:
        _check_steps(f'{at}.steps', step['steps'], known, depth + 1)


def _check_fields(at: str, given: Any, fields: Dict[str, Field]) -> None:
    _check(at, given, OBJECT)
    for name, field in fields.items():
        if name in given:
            _check(f'{at}.{name}', given[name], field)
        elif field.required:
            raise _refusal(at, f'{name} is missing')
    for name in given:
        if name not in fields:
            raise _refusal(at, f'unknown field {name!r}')


def _check(at: str, given: Any, field: Field) -> None:
    if not field.fits(given):
        raise _refusal(at, f'expected {field.means}')


def _refusal(at: str, reason: str) -> RequestError:
    return RequestError(BAD_PARAMS, f'{at}: {reason}')
