"""connect, query, close."""

from __future__ import annotations

from typing import Any

from ..errors import StepError
from ..run import Action, Instance, Run, Step


def connect(run: Run, step: Step) -> Action:
    name, driver = step['connection'], step['driver']

    async def perform(instance: Instance) -> None:
        if run.database is None:
            raise StepError('no-database', 'the run has no database')
        connection = run.runtime.connect(driver, run.database)
        if hasattr(connection, '__await__'):
            connection = await connection
        run.connections.add(instance.name, name, connection)

    return perform


def query(run: Run, step: Step) -> Action:
    name, sql = step['connection'], step['sql']

    def perform(instance: Instance) -> Any:
        comment = f'/* greenspec {run.nonce} {instance.name} {run.events.last} */ '
        return run.runtime.query(run.connections.find(instance.name, name), comment + sql)

    return perform


def close(run: Run, step: Step) -> Action:
    name = step['connection']
    return lambda instance: run.runtime.close(run.connections.take(instance.name, name))
