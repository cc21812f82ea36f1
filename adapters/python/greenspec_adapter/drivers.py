"""The MySQL drivers that Python has. None is needed: one that is not installed is no driver of the runtime."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any, Callable, Dict, List, NamedTuple, Optional

from .values import plain


class Driver(NamedTuple):
    """A driver of DB-API 2.0. `library` is the file name under which a C driver is mapped into the process."""

    name: str
    version: str
    connect: Callable[..., Any]
    library: Optional[str] = None


def available(**candidates: Optional[Driver]) -> Dict[str, Driver]:
    """The drivers that are there, by the protocol's names: `c_library`, `native`, `thread_pool`."""
    return {name.replace('_', '-'): driver for name, driver in candidates.items() if driver is not None}


def c_library() -> Optional[Driver]:
    """A driver around a C library: mysqlclient, else MySQL Connector/Python with its C extension."""
    return mysqlclient() or mysql_connector()


def mysqlclient() -> Optional[Driver]:
    module = _imported('MySQLdb')
    if module is None:
        return None
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


def query(connection: Any, sql: str) -> Optional[List[List[Any]]]:
    cursor = connection.cursor()
    try:
        # Without arguments, so that a driver leaves a percent sign alone.
        cursor.execute(sql)
        if cursor.description is None:
            return None
        return [[plain(cell) for cell in row] for row in cursor.fetchall()]
    finally:
        cursor.close()


def close(connection: Any) -> None:
    connection.close()


def version_of(distribution: str) -> str:
    """The version of what pip installed under this name."""
    # Imported here, after any patching: it brings threading and sockets along.
    from importlib.metadata import version

    # Python 3.9 takes a dot in the name to the letter, and finds only what it is called on disk.
    return version(distribution.replace('.', '_'))


def _imported(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def _file(extension: Any) -> str:
    return os.path.basename(str(extension.__file__))
