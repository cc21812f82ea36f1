"""get and set: plain reads and writes of a shared dictionary, which cannot switch."""

from __future__ import annotations

from typing import Any

from ..errors import StepError
from ..run import Action, Instance, Run, Step


def get(run: Run, step: Step) -> Action:
    variable, variables = step['variable'], run.variables
    return lambda _: variables.get(variable)


def set_(run: Run, step: Step) -> Action:
    variable, variables = step['variable'], run.variables
    value, source, plus = step.get('value'), step.get('from'), step.get('plus')

    def perform(instance: Instance) -> Any:
        written = value if source is None else instance.locals.get(source)
        if plus is not None:
            written = _sum(written, plus)
        variables[variable] = written
        return written

    return perform


def _sum(value: Any, plus: float) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value + plus
    raise StepError('not-a-number', f'{value!r} is no number that something can be added to')
