"""Compiles a program into functions and runs it.

Each step becomes an *action*: a function of the instance that runs it, which gives the step's value or something to await. A
step that never waits (`set`) is a plain function, so that a hot loop is a loop over calls. One interpreter serves both
kinds of runtimes: where waiting needs no `await`, nothing here ever suspends, and `drive` runs it to its end.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any, Callable, Dict, List

from .errors import code_of
from .events import Events
from .run import Action, Instance, Returned, Run, Step, Steps
from .runtime import Runtime, body_of
from .steps import NESTING, PLAIN, VALUED


def execute(runtime: Runtime, params: Dict[str, Any], descriptor: int) -> Dict[str, int]:
    """Runs a program that was checked; gives the result of the request."""
    run = Run(runtime, params, Events(descriptor, params['run']))
    result: Dict[str, int] = {}

    async def main() -> None:
        await _run_main(run)
        result.update(events=run.events.close(), unfinished=len(run.unfinished))
        if not run.unfinished:
            # A connection that a green thread left behind may be using is not safe to close; its process will be replaced.
            await _let_go(run)

    try:
        run.threads = {name: _compile(run, thread['steps']) for name, thread in run.definitions.items()}
        runtime.run(body_of(runtime, main))
    finally:
        run.log.close()
    return result


async def _run_main(run: Run) -> None:
    try:
        await run.threads['main'](Instance('main'))
    except Returned:
        pass
    except Exception as error:
        # The step has reported it if it has a label; if not, only this line tells.
        print(f'main ended by {code_of(error)}: {error}', file=sys.stderr)


async def _let_go(run: Run) -> None:
    closings: List[Callable[[], Any]] = [partial(run.runtime.close, connection) for connection in run.connections.take_all()]
    for let_go in closings + [driver.after_run for driver in run.runtime.drivers.values()]:
        try:
            outcome = let_go()
            if hasattr(outcome, '__await__'):
                await outcome
        except Exception as error:  # a connection was lost already, as some programs want it
            print(f'after the run: {error}', file=sys.stderr)


def _compile(run: Run, steps: List[Step]) -> Steps:
    actions = [_compile_step(run, step) for step in steps]

    async def perform(instance: Instance) -> None:
        for action in actions:
            outcome = action(instance)
            if hasattr(outcome, '__await__'):
                await outcome

    return perform


def _compile_step(run: Run, step: Step) -> Action:
    if 'steps' in step:
        action = NESTING[step['do']](run, step, _compile(run, step['steps']))
    else:
        action = PLAIN[step['do']](run, step)
    if 'into' in step:
        action = _kept(action, step['into'])
    if 'label' in step:
        action = _reported(action, step['label'], step['do'] in VALUED, run.events)
    return action


def _kept(action: Action, into: str) -> Action:
    async def perform(instance: Instance) -> Any:
        value = action(instance)
        if hasattr(value, '__await__'):
            value = await value
        instance.locals[into] = value
        return value

    return perform


def _reported(action: Action, label: str, valued: bool, events: Events) -> Action:
    async def perform(instance: Instance) -> Any:
        name = instance.name
        instance.reported = events.started(name, label)
        try:
            value = action(instance)
            if hasattr(value, '__await__'):
                value = await value
        except Returned:
            events.finished(name, label)
            raise
        except BaseException as error:
            events.raised(name, label, error)
            raise
        events.finished(name, label, value if valued else None)
        return value

    return perform
