"""raise, attempt, timeout, call, when, repeat, until."""

from __future__ import annotations

from typing import Any, Callable, Union

from ..errors import StepError, code_of
from ..native import exists
from ..run import Action, Instance, Run, Step, Steps
from ..runtime import body_of, drive
from ..values import same
from .waiting import flag_of


def raise_(_: Run, step: Step) -> Action:
    code: str = step['error']

    def perform(_: Instance) -> None:
        raise StepError(code, f'{code}, raised by the program')

    return perform


def attempt(_: Run, __: Step, steps: Steps) -> Action:
    async def perform(instance: Instance) -> Union[int, str, None]:
        try:
            await steps(instance)
            return None
        except Exception as error:  # what ends a green thread (its kill, its return) is none, and goes on
            return code_of(error)

    return perform


def timeout(run: Run, step: Step, steps: Steps) -> Action:
    seconds: float = step['seconds']
    return lambda instance: run.runtime.timeout(seconds, body_of(run.runtime, lambda: steps(instance)))  # type: ignore[arg-type]


def call(run: Run, step: Step, steps: Steps) -> Action:
    depth: int = step['depth']
    if step.get('via') == 'callback':
        return lambda instance: _plain_call(depth, lambda: _called_back(lambda: drive(steps(instance))))  # type: ignore[arg-type]
    if run.runtime.coloured:
        return lambda instance: _awaited_call(depth, lambda: steps(instance))
    return lambda instance: _plain_call(depth, lambda: drive(steps(instance)))  # type: ignore[arg-type]


def _called_back(body: Callable[[], Any]) -> None:
    sorted([None], key=lambda _: body())  # a C function, which calls this in its midst


def _plain_call(depth: int, body: Callable[[], Any]) -> None:
    if depth > 1:
        _plain_call(depth - 1, body)
    else:
        body()


async def _awaited_call(depth: int, body: Callable[[], Any]) -> None:
    if depth > 1:
        await _awaited_call(depth - 1, body)
    else:
        await body()


def when(_: Run, step: Step, steps: Steps) -> Action:
    local, expected = step['local'], step['is']

    async def perform(instance: Instance) -> None:
        if same(instance.locals.get(local), expected):
            await steps(instance)

    return perform


def repeat(_: Run, step: Step, steps: Steps) -> Action:
    times: int = step['times']

    async def perform(instance: Instance) -> None:
        for _ in range(times):
            await steps(instance)

    return perform


def until(run: Run, step: Step, steps: Steps) -> Action:
    variable, expected, variables = step['variable'], step['is'], run.variables

    flag = flag_of(run, step['unless']) if 'unless' in step else None

    async def perform(instance: Instance) -> None:
        while not same(variables.get(variable), expected) and not (flag and exists(flag)):
            await steps(instance)

    return perform
