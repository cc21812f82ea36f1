"""Time-outs of the kind that green-thread libraries have: raised where the body is, once their time is up."""

from __future__ import annotations

from typing import Any, Callable

from .errors import timed_out


def within(timeout: Any, seconds: float, body: Callable[[], Any]) -> Any:
    """Calls `body` under a time-out that has been started: eventlet's or gevent's `Timeout`. One of somebody else's goes on up."""
    try:
        return body()
    except type(timeout) as raised:
        if raised is not timeout:
            raise
    finally:
        timeout.cancel()
    raise timed_out(seconds)
