"""Errors: of a step, of a request, and the codes under which the harness knows them."""

from __future__ import annotations

from typing import Any, Union

from .values import encode, shortened

_CODE_LIMIT = 200
_MESSAGE_ROOM = 2000


class StepError(Exception):
    """An error with a code of its own: what a `raise` step raises, or a step that cannot be done."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def timed_out(seconds: float) -> StepError:
    """What a `timeout` step raises once its time is up."""
    return StepError('timed-out', f'not over after {seconds} s')


class RequestError(Exception):
    """The answer to a request that cannot be served."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code

    @property
    def message(self) -> str:
        return str(self)


PARSE_ERROR = -32700
INVALID_REQUEST = -32600
UNKNOWN_METHOD = -32601
BAD_PARAMS = -32602
UNKNOWN_PROTOCOL = -32001
CANNOT_PREPARE = -32002
RUN_FAILED = -32003


def code_of(error: BaseException) -> Union[int, str]:
    """The code of an error: a step's own name, MySQL's number, else the name of its class."""
    if isinstance(error, StepError):
        return error.code
    # Every MySQL driver puts the server's number first. So do OSError and KeyError with numbers that are no codes of MySQL's.
    number = error.args[0] if error.args and not isinstance(error, (OSError, LookupError)) else None
    if isinstance(number, int) and not isinstance(number, bool):
        return number
    return type(error).__name__[:_CODE_LIMIT]


def encoded_failure(error: BaseException) -> str:
    """`{code, message}` in JSON, short enough for an event whatever the error says."""
    message: Any = _message_of(error)
    text = encode(message)
    if len(text) > _MESSAGE_ROOM:
        text = shortened(message, _MESSAGE_ROOM)
    return f'{{"code":{encode(str(code_of(error)))},"message":{text}}}'


def _message_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # an error of a driver's that cannot even be shown
        return repr(type(error))
