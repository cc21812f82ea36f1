"""spawn, join, return."""

from __future__ import annotations

from typing import Any, List, Optional

from ..run import Action, Instance, Returned, Run, Step
from ..runtime import body_of


def spawn(run: Run, step: Step) -> Action:
    thread: str = step['thread']
    count: int = step.get('count', run.definitions[thread].get('count', 1))

    def perform(_: Instance) -> None:
        for _number in range(count):
            _start(run, thread)

    return perform


def _start(run: Run, thread: str) -> None:
    spawned = run.instance(thread)
    try:
        spawned.handle = run.runtime.spawn(body_of(run.runtime, lambda: run.live(thread, spawned)))
    except BaseException:
        run.unfinished.discard(spawned)
        raise
    run.instances[thread].append(spawned)


def join(run: Run, step: Step) -> Action:
    instances = run.instances[step['thread']]

    async def perform(_: Instance) -> Any:
        results: List[Any] = []
        failure: Optional[Exception] = None
        for spawned in tuple(instances):
            try:
                value = run.runtime.join(spawned.handle)
                results.append(await value if hasattr(value, '__await__') else value)
            except Exception as error:
                failure = error if failure is None else failure
        if failure is not None:
            raise failure
        return results if len(results) > 1 else results[0] if results else None

    return perform


def return_(_: Run, step: Step) -> Action:
    value = step['value']

    def perform(_: Instance) -> None:
        raise Returned(value)

    return perform
