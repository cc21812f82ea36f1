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
        run.open_connections.append(connection)
        run.connections[name] = instance.connections[name] = connection

    return perform


def query(run: Run, step: Step) -> Action:
    name, sql = step['connection'], step['sql']

    def perform(instance: Instance) -> Any:
        comment = f'/* greenspec {run.nonce} {instance.name} {run.events.last} */ '
        return run.runtime.query(_connection(run, instance, name), comment + sql)

    return perform


def close(run: Run, step: Step) -> Action:
    name = step['connection']

    def perform(instance: Instance) -> Any:
        connection = _connection(run, instance, name)
        if connection in run.open_connections:
            run.open_connections.remove(connection)
        instance.connections.pop(name, None)
        if run.connections.get(name) is connection:
            del run.connections[name]
        return run.runtime.close(connection)

    return perform


def _connection(run: Run, instance: Instance, name: str) -> Any:
    for connections in (instance.connections, run.connections):
        if name in connections:
            return connections[name]
    raise StepError('no-connection', f'there is no connection {name}')
