"""spawn, join, kill, return."""

from __future__ import annotations

from typing import Any, Callable, List, Optional

from ..errors import StepError
from ..run import Action, Instance, Returned, Run, Step
from ..runtime import Body, body_of


def spawn(run: Run, step: Step) -> Action:
    thread: str = step['thread']
    count: int = step.get('count', run.definitions[thread].get('count', 1))
    start = run.runtime.spawn_in_pool if step.get('through') == 'pool' else run.runtime.spawn

    def perform(_: Instance) -> None:
        for _number in range(count):
            _start(run, thread, start)

    return perform


def _start(run: Run, thread: str, start: Callable[[Body], Any]) -> None:
    spawned = run.instance(thread)
    try:
        spawned.handle = start(body_of(run.runtime, lambda: run.live(thread, spawned)))
    except BaseException:
        run.unfinished.discard(spawned)
        raise
    run.instances[thread].append(spawned)


def join(run: Run, step: Step) -> Action:
    instances = run.instances[step['thread']]

    async def perform(instance: Instance) -> Any:
        results: List[Any] = []
        failure: Optional[Exception] = None
        for spawned in tuple(instances):
            try:
                results.append(await _ending(run, instance, spawned))
            except Exception as error:
                failure = error if failure is None else failure
        if failure is not None:
            raise failure
        return results if len(results) > 1 else results[0] if results else None

    return perform


async def _ending(run: Run, instance: Instance, spawned: Instance) -> Any:
    try:
        value = run.runtime.join(spawned.handle)
        if hasattr(value, '__await__'):
            value = await value
    except BaseException as error:
        if isinstance(error, Exception) or instance.killed or not _cut(spawned):
            raise
    if _cut(spawned):
        # Runtimes differ in what they give: an error, the error as a value, nothing.
        raise StepError('killed', f'{spawned.name} was killed')
    return value


def _cut(spawned: Instance) -> bool:
    return spawned.killed and not spawned.complete


def kill(run: Run, step: Step) -> Action:
    instances = run.instances[step['thread']]

    async def perform(_: Instance) -> None:
        for spawned in tuple(instances):
            spawned.killed = True
            done = run.runtime.kill(spawned.handle)
            if hasattr(done, '__await__'):
                await done
            if not spawned.begun:
                run.unfinished.discard(spawned)

    return perform


def return_(_: Run, step: Step) -> Action:
    value = step['value']

    def perform(_: Instance) -> None:
        raise Returned(value)

    return perform
