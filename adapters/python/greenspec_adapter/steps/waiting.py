"""sleep, yield, compute, wait, touch, synchronized, hold: the steps that are about switching, or about not switching."""

from __future__ import annotations

import os
from typing import Any

from ..errors import StepError
from ..native import early_lock, exists, read_line_of
from ..run import Action, Instance, Run, Step, Steps
from ..runtime import body_of

#: Rounds of arithmetic between two looks at a flag: about 0.2 ms.
_ROUNDS = 3000


def sleep(run: Run, step: Step) -> Action:
    call = run.runtime.sleep if step['through'] == 'library' else run.runtime.standard_sleep
    seconds = (step['seconds'],) if 'seconds' in step else ()
    return lambda _: call(*seconds)


def yield_(run: Run, _step: Step) -> Action:
    return lambda _: run.runtime.yield_now()


def flag_of(run: Run, name: str) -> str:
    """The file that the harness makes to raise a flag."""
    return os.path.join(run.folder, f'flag-{name}')


def compute(run: Run, step: Step) -> Action:
    flag = flag_of(run, step['until'])

    def perform(_: Instance) -> None:
        number = 1
        while not exists(flag):
            for _round in range(_ROUNDS):
                number = number * 31 % 65_537

    return perform


def wait(run: Run, step: Step) -> Action:
    return _wait_green(run, step['gate']) if step['through'] == 'green' else _wait_raw(run, step['gate'])


def _wait_raw(run: Run, gate: str) -> Action:
    pipe = os.path.join(run.folder, f'pipe-{gate}')
    return lambda _: _token(gate, read_line_of(pipe))


def _wait_green(run: Run, gate: str) -> Action:
    host, port = run.gates['host'], run.gates['port']

    async def perform(instance: Instance) -> str:
        hello = f'{run.nonce} {gate} {instance.name} {instance.reported}\n'
        try:
            line = run.runtime.receive(host, port, hello.encode('ascii'))
            if hasattr(line, '__await__'):
                line = await line
        except (ConnectionResetError, BrokenPipeError) as error:
            raise StepError('gate-lost', f'gate {gate}: {error}') from error
        return _token(gate, line)

    return perform


def _token(gate: str, line: bytes) -> str:
    if not line.endswith(b'\n'):
        raise StepError('gate-lost', f'gate {gate} was lost before the token came')
    return line[:-1].decode('utf-8')


def touch(run: Run, step: Step) -> Action:
    return _touch_file(run) if step['what'] == 'file' else _touch_log(run)


def _touch_file(run: Run) -> Action:
    path = os.path.join(run.folder, 'readable.txt')

    def perform(_: Instance) -> str:
        with open(path, encoding='utf-8') as file:
            return file.read()

    return perform


def _touch_log(run: Run) -> Action:
    info = run.log.open()
    return lambda instance: info('%s %s', run.nonce, instance.name)


def synchronized(run: Run, step: Step, steps: Steps) -> Action:
    lock: str = step['name']

    def perform(instance: Instance) -> Any:
        async def hold() -> None:
            if 'label' in step:
                run.events.entered(instance.name, step['label'])
            await steps(instance)

        return run.runtime.synchronized(lock, body_of(run.runtime, hold))

    return perform


def hold(run: Run, step: Step, steps: Steps) -> Action:
    lock: Any = early_lock if step['lock'] == 'early' else run.log.handler()

    async def perform(instance: Instance) -> None:
        lock.acquire()
        try:
            await steps(instance)
        finally:
            lock.release()

    return perform
