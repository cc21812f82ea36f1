"""Values of a program: JSON without objects."""

from __future__ import annotations

from json import JSONEncoder, JSONDecoder
from typing import Any

#: Beyond this, integers travel as strings: a reader whose numbers are doubles would round them.
EXACT = 2**53

_ELLIPSIS = '…'
_encoder = JSONEncoder(separators=(',', ':'), allow_nan=False)


def encode(value: Any) -> str:
    """JSON in ASCII, on one line; what JSON cannot say (an infinity) as a string."""
    try:
        return _encoder.encode(value)
    except ValueError:
        return _encoder.encode(str(value))


def _refuse(constant: str) -> Any:
    raise ValueError(f'{constant} is no JSON')


decode = JSONDecoder(parse_constant=_refuse).decode


def shortened(value: Any, room: int) -> str:
    """JSON of at most `room` characters for a value that needs more: the beginning of its text, ended by an ellipsis."""
    text = value if isinstance(value, str) else encode(value)
    keep = room
    while True:
        short = encode(text[:keep] + _ELLIPSIS)
        if len(short) <= room:
            return short
        keep = keep * room // len(short)


def same(one: Any, other: Any) -> bool:
    """Equality as JSON has it; Python's own takes true for 1."""
    if one != other:
        return False
    if isinstance(one, list):
        return all(map(same, one, other))
    return isinstance(one, bool) == isinstance(other, bool)


def plain(cell: Any) -> Any:
    """What a driver gives for one column, as a string, a number or null."""
    if cell is None or isinstance(cell, (str, float)):
        return cell
    if isinstance(cell, int):
        return cell if abs(cell) <= EXACT else str(cell)
    if isinstance(cell, (bytes, bytearray)):
        return cell.decode('utf-8', 'backslashreplace')
    return str(cell)
