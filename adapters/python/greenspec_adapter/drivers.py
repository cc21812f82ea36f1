"""The MySQL drivers that Python has. None is needed: one that is not installed is no driver of the runtime."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any, Callable, Dict, List, NamedTuple, Optional

from .values import plain


def _at_once(function: Callable[..., Any], *args: Any, **named: Any) -> Any:
    return function(*args, **named)


def _nothing() -> None:
    pass


def _query(connection: Any, sql: str) -> Optional[List[List[Any]]]:
    cursor = connection.cursor()
    try:
        # Without arguments, so that a driver leaves a percent sign alone.
        cursor.execute(sql)
        return None if cursor.description is None else _plain(cursor.fetchall())
    finally:
        cursor.close()


class Driver(NamedTuple):
    """A driver of DB-API 2.0. `library` is the file name under which a C driver is mapped into the process.

    `call` makes its calls, one for connecting, one for each whole query, one for closing: at once, unless it is a pool's. What
    a call gives may be something to await, in a coloured runtime.
    `after_run` lets go of what was kept for one run, when all its green threads have ended and its connections are closed.
    """

    name: str
    version: str
    connect: Callable[..., Any]
    library: Optional[str] = None
    call: Callable[..., Any] = _at_once
    query: Callable[..., Any] = _query
    after_run: Callable[[], None] = _nothing

    async def open(self, **address: Any) -> Connection:
        connection = self.call(self.connect, **address)
        if hasattr(connection, '__await__'):
            connection = await connection
        return Connection(connection, self)


class Connection:
    """An open connection. Its calls are made as its driver makes them."""

    def __init__(self, connection: Any, driver: Driver) -> None:
        self._connection = connection
        self._driver = driver

    def query(self, sql: str) -> Any:
        """The rows, or None where there is no result set; or what is to be awaited for them."""
        return self._driver.call(self._driver.query, self._connection, sql)

    def close(self) -> Any:
        return self._driver.call(self._connection.close)


def usual(native: Optional[Driver], pool: str, execute: Callable[..., Any], **others: Optional[Driver]) -> Dict[str, Driver]:
    """The drivers that most runtimes have: over a C library; in the language itself; and that library in a pool of OS threads.

    `execute(function, *args, **named)` makes a call in one of the pool's threads, and gives what it gave or something to await.
    """
    library = c_library()
    return available(c_library=library, native=native, thread_pool=in_threads(pool, library, execute), **others)


def available(**candidates: Optional[Driver]) -> Dict[str, Driver]:
    """The drivers that are there, by the protocol's names: `c_library`, `native`, `thread_pool`, `connection_pool`."""
    return {name.replace('_', '-'): driver for name, driver in candidates.items() if driver is not None}


def c_library() -> Optional[Driver]:
    """A driver around a C library: mysqlclient, else MySQL Connector/Python with its C extension."""
    return mysqlclient() or mysql_connector()


def mysqlclient() -> Optional[Driver]:
    module = _imported('MySQLdb')
    if module is None:
        return None
    # What it would import when it connects. A pool's thread must not be the first to: eventlet.tpool makes calls in the hub's
    # own thread while anybody holds the import lock.
    for part in ('connections', 'converters', 'constants.CLIENT'):
        import_module(f'MySQLdb.{part}')
    return Driver('mysqlclient', version_of('mysqlclient'), module.connect, _file(module._mysql))


def mysql_connector() -> Optional[Driver]:
    extension = _imported('_mysql_connector')
    module = extension and _imported('mysql.connector')
    if extension is None or module is None:
        return None

    def connect(**address: Any) -> Any:
        return module.connect(use_pure=False, **address)

    return Driver('mysql-connector-python', version_of('mysql-connector-python'), connect, _file(extension))


def pymysql() -> Optional[Driver]:
    """PyMySQL, all Python: it waits on the sockets that its process has, patched or not."""
    module = _imported('pymysql')
    # Not PyMySQL's own __version__: that is the version of mysqlclient which it imitates.
    return module and Driver('PyMySQL', version_of('PyMySQL'), module.connect)


def aiomysql() -> Optional[Driver]:
    """aiomysql, PyMySQL's protocol over asyncio's streams."""
    module = _imported('aiomysql')

    def connect(database: str, **address: Any) -> Any:
        return module.connect(db=database, **address)

    return module and Driver('aiomysql', version_of('aiomysql'), connect, query=_query_awaited)


def in_threads(pool: str, driver: Optional[Driver], execute: Callable[..., Any]) -> Optional[Driver]:
    """The driver with its calls made by `execute`, in a pool's OS threads: each occupies one of them."""
    return driver and driver._replace(name=f'{pool} + {driver.name}', call=execute)


def lent(pool: str, driver: Optional[Driver], make: Callable[..., Any]) -> Optional[Driver]:
    """The driver on connections that a pool lends: it is made at the first connect of a run, when the address is known.

    `make` takes a module with a `connect`, which the driver is, and what to call it with. It gives a pool with `get` and
    `clear`, whose connections go back to it when they are closed.
    """
    pools: List[Any] = []

    def connect(**address: Any) -> Any:
        if not pools:
            pools.append(make(driver, **address))
        return pools[0].get()

    def after_run() -> None:
        while pools:
            pools.pop().clear()

    return driver and driver._replace(name=f'{pool} + {driver.name}', connect=connect, after_run=after_run)


def version_of(distribution: str) -> str:
    """The version of what pip installed under this name."""
    # Imported here, after any patching: it brings threading and sockets along.
    from importlib.metadata import version

    # Python 3.9 takes a dot in the name to the letter, and finds only what it is called on disk.
    return version(distribution.replace('.', '_'))


async def _query_awaited(connection: Any, sql: str) -> Optional[List[List[Any]]]:
    cursor = await connection.cursor()
    try:
        await cursor.execute(sql)
        return None if cursor.description is None else _plain(await cursor.fetchall())
    finally:
        await cursor.close()


def _plain(rows: Any) -> List[List[Any]]:
    return [[plain(cell) for cell in row] for row in rows]


def _imported(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def _file(extension: Any) -> str:
    return os.path.basename(str(extension.__file__))
