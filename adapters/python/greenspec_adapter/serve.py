"""The adapter's main: answers the harness's requests until the input ends."""

from __future__ import annotations

import os
import sys
from typing import Any, Callable, Dict, NoReturn, Optional, Type

# First of all, so that it keeps what is not patched yet.
from . import native
from .channel import Channel
from .errors import (
    BAD_PARAMS,
    CANNOT_PREPARE,
    INVALID_REQUEST,
    PARSE_ERROR,
    RUN_FAILED,
    UNKNOWN_METHOD,
    UNKNOWN_PROTOCOL,
    RequestError,
)
from .interpreter import execute
from .program import check_run
from .runtime import Runtime, capabilities
from .values import decode

PROTOCOL = 1


def serve(runtime_class: Type[Runtime]) -> NoReturn:
    """Serves a runtime over standard input and output. Never returns: the process ends with its input, or by `shutdown`."""
    channel = Channel()
    server = _Server(runtime_class, channel)
    try:
        for line in channel.lines():
            channel.send(_answer(server, line))
            if server.done:
                break
    except RequestError as refusal:  # of the channel itself: there is no next line to be had
        channel.send(_error(None, refusal))
        _exit(1)
    _exit(0)


def _answer(server: _Server, line: bytes) -> Dict[str, Any]:
    identifier: Optional[int] = None
    try:
        request = _parse(line)
        identifier = _identifier(request)
        return {'jsonrpc': '2.0', 'id': identifier, 'result': server.serve(request)}
    except RequestError as refusal:
        return _error(identifier, refusal)


def _error(identifier: Optional[int], error: RequestError) -> Dict[str, Any]:
    return {'jsonrpc': '2.0', 'id': identifier, 'error': {'code': error.code, 'message': error.message}}


def _parse(line: bytes) -> Any:
    try:
        return decode(line.decode('utf-8'))
    except (ValueError, RecursionError) as error:
        raise RequestError(PARSE_ERROR, f'a line that is no JSON: {error}') from error


def _identifier(request: Any) -> int:
    if not isinstance(request, dict) or not _is_integer(request.get('id')) or not isinstance(request.get('method'), str):
        raise RequestError(INVALID_REQUEST, 'a request has an integer id and a method')
    identifier: int = request['id']
    return identifier


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


#: What `initialize` must have. More is ignored: a newer harness may add to it.
_INITIALIZE: Dict[str, Callable[[Any], bool]] = {
    'protocol': _is_integer,
    'patch': lambda value: isinstance(value, bool),
    'pool': lambda value: _is_integer(value) and 1 <= value <= 1000,
}


def _exit(code: int) -> NoReturn:
    # At once: green threads or OS threads that were left behind must not hold the process back.
    sys.stdout.flush()
    sys.stderr.flush()
    native.exit_now(code)


class _Server:
    """The three requests."""

    def __init__(self, runtime_class: Type[Runtime], channel: Channel) -> None:
        self.done = False
        self._runtime_class = runtime_class
        self._channel = channel
        self._runtime: Optional[Runtime] = None
        self._capabilities: frozenset[str] = frozenset()

    def serve(self, request: Dict[str, Any]) -> Any:
        method, params = request['method'], request.get('params')
        if method == 'initialize':
            return self._initialize(params)
        if method == 'run':
            return self._run(params)
        if method == 'shutdown':
            self.done = True
            return {}
        raise RequestError(UNKNOWN_METHOD, f'unknown method {method}')

    def _initialize(self, params: Any) -> Dict[str, Any]:
        if self._runtime is not None:
            raise RequestError(INVALID_REQUEST, 'initialize comes once')
        if not isinstance(params, dict) or not all(name in params and fits(params[name]) for name, fits in _INITIALIZE.items()):
            raise RequestError(BAD_PARAMS, 'initialize needs protocol, an integer; patch, true or false; pool, from 1 to 1000')
        if params['protocol'] < PROTOCOL:
            raise RequestError(UNKNOWN_PROTOCOL, f'this adapter speaks version {PROTOCOL} of the protocol')
        self._runtime = self._prepared(params['patch'], params['pool'])
        self._capabilities = frozenset(capabilities(self._runtime))
        return {
            'protocol': PROTOCOL,
            'runtime': _identity(self._runtime),
            'patched': self._runtime.patched(),
            'pid': os.getpid(),
            'capabilities': sorted(self._capabilities),
        }

    def _prepared(self, patch: bool, pool: int) -> Runtime:
        runtime = self._runtime_class()
        runtime.pool = pool
        if patch and not runtime.can_patch:
            raise RequestError(CANNOT_PREPARE, f'{runtime.name} has no monkey-patching')
        try:
            runtime.prepare(patch)
        except Exception as error:
            raise _logged(RequestError(CANNOT_PREPARE, f'{runtime.name}: {type(error).__name__}: {error}')) from error
        return runtime

    def _run(self, params: Any) -> Dict[str, int]:
        if self._runtime is None:
            raise RequestError(INVALID_REQUEST, 'initialize comes first')
        try:
            check_run(params, self._capabilities)
            return execute(self._runtime, params, self._channel.descriptor)
        except RequestError:
            raise
        except Exception as error:
            raise _logged(RequestError(RUN_FAILED, f'the run failed: {type(error).__name__}: {error}')) from error


def _logged(refusal: RequestError) -> RequestError:
    """Shows the exception at hand with its place on standard error; the harness gets one line."""
    sys.excepthook(*sys.exc_info())
    return refusal


def _identity(runtime: Runtime) -> Dict[str, Any]:
    lock = {'name': runtime.lock.name, 'version': runtime.lock.version, 'standIn': runtime.lock.stand_in}
    drivers = {
        name: {'name': driver.name, 'version': driver.version, 'library': driver.library}
        for name, driver in runtime.drivers.items()
    }
    return _without_none(
        {
            'name': runtime.name,
            'version': runtime.version,
            'language': {'name': 'python', 'version': '.'.join(map(str, sys.version_info[:3]))},
            'hub': runtime.hub,
            'lock': _without_none(lock),
            'drivers': {name: _without_none(driver) for name, driver in drivers.items()},
            'components': runtime.components,
        }
    )


def _without_none(fields: Dict[str, Any]) -> Dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
