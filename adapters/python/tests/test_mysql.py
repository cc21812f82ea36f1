"""Queries to a real server. Collected if GREENSPEC_MYSQL names one: mysql://user:password@host:port/database."""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, List, Optional
from unittest import TestSuite
from urllib.parse import urlsplit

from .adapter import (
    ASYNCIO,
    EVENTLET,
    GEVENT,
    NONCE,
    OSLO_THREADING,
    PLAIN,
    POOL,
    THREADS,
    AdapterTest,
    Message,
    code_of,
    phases,
    step,
    value_of,
)

ADDRESS = os.environ.get('GREENSPEC_MYSQL')


def _database() -> Optional[Message]:
    if ADDRESS is None:
        return None
    url = urlsplit(ADDRESS)
    return {
        'host': url.hostname,
        'port': url.port,
        'user': url.username,
        'password': url.password or '',
        'database': url.path.lstrip('/'),
    }


class EveryDriver(AdapterTest):
    database = _database()
    driver: str

    def connect(self, name: str = 'c', label: Optional[str] = None) -> Message:
        return step('connect', label, connection=name, driver=self.driver)

    def query(self, label: str, sql: str, name: str = 'c', **fields: Any) -> Message:
        return step('query', label, connection=name, sql=sql, **fields)

    def test_values(self) -> None:
        events = self.run_program(
            [
                self.connect(label='open'),
                self.query('numbers', "select 1, 9007199254740992, 9007199254740993, 0.5e0, 1.50, null, '100%'", into='rows'),
                self.query('times', "select cast('2026-11-23 10:00:00' as datetime), x'6869', 'ü'"),
                self.query('none', 'set @x = 1'),
                self.query('empty', 'select 1 from dual where 1 = 0'),
                step('close', 'close', connection='c'),
            ]
        )
        self.assertEqual(value_of(events, 'numbers'), [[1, 2**53, str(2**53 + 1), 0.5, '1.50', None, '100%']])
        self.assertEqual(value_of(events, 'times'), [['2026-11-23 10:00:00', 'hi', 'ü']])
        self.assertIsNone(value_of(events, 'none'))
        self.assertEqual(value_of(events, 'empty'), [])
        self.assertIsNone(value_of(events, 'open'))
        self.assertIsNone(value_of(events, 'close'))

    def test_a_query_carries_the_nonce_and_the_last_event(self) -> None:
        sql = 'select info from information_schema.processlist where id = connection_id()'
        events = self.run_program(
            [step('spawn', thread='w'), step('join', thread='w')],
            w=[self.connect(label='open'), self.query('look', sql)],
        )
        self.assertEqual(value_of(events, 'look'), [[f'/* greenspec {NONCE} w#1 3 */ {sql}']])

    def test_errors_have_the_number_of_the_server(self) -> None:
        events = self.run_program(
            [
                self.connect(),
                step('attempt', 'tried', into='code', steps=[self.query('wrong', 'select * from nowhere_to_be_found')]),
                step('when', local='code', is_=1146, steps=[self.query('alive', 'select 1')]),
                step('attempt', 'unknown', steps=[self.query('nobody', 'select 1', name='nobody')]),
            ]
        )
        self.assertEqual(value_of(events, 'tried'), 1146)
        self.assertEqual(code_of(events, 'wrong'), '1146')
        self.assertEqual(value_of(events, 'alive'), [[1]])
        self.assertEqual(value_of(events, 'unknown'), 'no-connection')

    def test_autocommit_is_on(self) -> None:
        events = self.run_program([self.connect(), self.query('mode', 'select @@autocommit')])
        self.assertEqual(value_of(events, 'mode'), [[1]])

    def test_a_name_means_the_own_connection_first(self) -> None:
        identify = [self.query('id', 'select connection_id()')]
        events = self.run_program(
            [self.connect(), *identify, *_spawn_and_join('same'), *_spawn_and_join('own'), *identify],
            same=identify,
            own=[self.connect(), *identify, step('close', connection='c')],
        )
        ids = {event['n']: event['value'][0][0] for event in events if event['phase'] == 'finished'}
        main, same, own, again = ids.values()
        self.assertEqual((main, main), (same, again))
        self.assertNotEqual(main, own)

    def test_else_the_one_opened_last_that_is_still_open(self) -> None:
        identify, close = self.query('id', 'select connection_id()'), step('close', connection='c')
        events = self.run_program(
            [
                *(action for thread in ('first', 'second', 'third') for action in _spawn_and_join(thread)),
                identify,  # the first's, since the second and the third are closed
                close,
                step('attempt', 'none', steps=[identify]),
            ],
            first=[self.connect(), identify],
            second=[self.connect(), self.connect(), close, identify, close],
            third=[self.connect(), identify, close, identify],
        )
        ids = [event['value'][0][0] for event in events if event['label'] == 'id' and event['phase'] == 'finished']
        first, second, third, after, again = ids
        self.assertEqual([after, again], [first, first])
        self.assertNotEqual(first, second)
        self.assertNotEqual(first, third)
        self.assertEqual(value_of(events, 'none'), 'no-connection')

    def test_connections_left_open_are_closed_with_the_run(self) -> None:
        opened = value_of(self.run_program([self.connect(), self.query('id', 'select connection_id()')]), 'id')[0][0]
        count = f'select count(*) from information_schema.processlist where id = {opened}'
        look = [self.query('left', count), step('get', variable='v', into='none')]
        # The server takes a moment to see the end of a connection.
        while value_of(self.run_program([self.connect(), *look]), 'left') != [[0]]:
            pass

    def test_a_refused_connection(self) -> None:
        self.database = {**(self.database or {}), 'password': 'wrong'}
        events = self.run_program([step('attempt', 'tried', steps=[self.connect()])])
        self.assertIn(value_of(events, 'tried'), [1045, 1698])


class CLibrary(EveryDriver):
    script = PLAIN
    driver = 'c-library'

    def test_the_library_is_mapped(self) -> None:
        library = self.initialized['result']['runtime']['drivers']['c-library']['library']
        with open(f'/proc/{self.adapter.process.pid}/maps', encoding='utf-8') as maps:
            self.assertIn(library, maps.read())


class Native(EveryDriver):
    script = PLAIN
    driver = 'native'


class Pools:
    """What the tests of the pools look through: a connection of its own that blocks, so that nobody runs while it looks."""

    watcher = step('connect', connection='watcher', driver='c-library')

    def watch(self, sql: str, **fields: Any) -> Message:
        return step('query', connection='watcher', sql=sql, **fields)

    def until_at_the_server(self, count: int, text: str) -> Message:
        """Goes on when the server shows that many queries of the green threads named w."""
        sql = f"select count(*) from information_schema.processlist where info like '/* greenspec {NONCE} w#%{text}%'"
        nap = step('sleep', through='library', seconds=0.001)
        look = [nap, self.watch(sql, into='seen'), step('set', variable='seen', from_='seen')]
        return step('until', variable='seen', is_=[[count]], steps=look)


class ThreadPool(Pools, EveryDriver):
    driver = 'thread-pool'
    #: What the pool is called.
    pool: str

    def test_the_identity(self) -> None:
        drivers = self.initialized['result']['runtime']['drivers']
        library = drivers['c-library']
        self.assertEqual(drivers['thread-pool'], {**library, 'name': f'{self.pool} + {library["name"]}'})

    def test_a_query_switches(self) -> None:
        self.assertEqual(_ticked_during_query(self), 1)

    def test_as_many_queries_as_threads_are_at_the_server(self) -> None:
        lock = f'greenspec-sdk-{self.adapter.process.pid}'
        events = self.run_program(
            [
                self.watcher,
                self.watch(f"select get_lock('{lock}', 10)"),
                step('spawn', thread='w', count=POOL),
                self.until_at_the_server(POOL, 'get_lock'),
                self.watch(f"select release_lock('{lock}')"),
                step('join', thread='w'),
            ],
            w=[
                self.connect(),
                self.query('id', 'select connection_id()'),
                self.query('wait', f"select connection_id(), get_lock('{lock}', 50), release_lock('{lock}')"),
            ],
        )
        ids, waits = _values(events, 'id'), _values(events, 'wait')
        self.assertEqual(len({rows[0][0] for rows in ids.values()}), POOL)
        self.assertEqual(waits, {thread: [[rows[0][0], 1, 1]] for thread, rows in ids.items()})
        self.look_at_os_threads(events)

    def look_at_os_threads(self, events: List[Message]) -> None:
        self.assertEqual({event['os'] for event in events}, {self.adapter.process.pid})
        self.assertEqual(len(os.listdir(f'/proc/{self.adapter.process.pid}/task')), 1 + POOL)

    def test_one_waiter_fewer_than_threads_lets_the_commit_through(self) -> None:
        self.assertEqual(set(_values(self._wait_for_row(POOL - 1, patience=50), 'row').values()), {None})

    def test_as_many_waiters_as_threads_keep_the_commit_back_until_one_gives_up(self) -> None:
        events = self._wait_for_row(POOL, patience=1)
        ended = [event for event in events if event['phase'] == 'finished' and event['label'] in ('row', 'commit')]
        self.assertEqual((ended[0]['label'], ended[0]['value']), ('row', 1205))
        self.assertIn('main commit finished', phases(ended))

    def _wait_for_row(self, waiters: int, patience: int) -> List[Message]:
        """Green threads wait for a row that main holds, and then main wants to commit, which would let them have it."""
        table = f'greenspec_sdk_{self.adapter.process.pid}'
        lock_row = f'select id from {table} where id = 1 for update'
        return self.run_program(
            [
                self.watcher,
                self.watch(f'create table {table} (id int primary key) engine = InnoDB'),
                self.watch(f'insert into {table} values (1)'),
                self.connect('own'),
                step('query', connection='own', sql='start transaction'),
                step('query', connection='own', sql=lock_row),
                step('spawn', thread='w', count=waiters),
                self.until_at_the_server(waiters, 'for update'),
                self.query('commit', 'commit', 'own'),
                step('join', thread='w'),
                self.watch(f'drop table {table}'),
            ],
            w=[
                self.connect(),
                step('query', connection='c', sql=f'set session innodb_lock_wait_timeout = {patience}'),
                step('attempt', 'row', steps=[step('query', connection='c', sql=lock_row)]),
            ],
        )


class EventletThreadPool(ThreadPool):
    script = EVENTLET
    patch = True
    pool = 'eventlet.tpool'


class UnpatchedEventletThreadPool(EventletThreadPool):
    patch = False


class GeventThreadPool(ThreadPool):
    script = GEVENT
    patch = True
    pool = 'gevent.threadpool'

    def look_at_os_threads(self, events: List[Message]) -> None:
        self.assertEqual({event['os'] for event in events}, {self.adapter.process.pid})


class UnpatchedGeventThreadPool(GeventThreadPool):
    patch = False


class AsyncioThreadPool(ThreadPool):
    script = ASYNCIO
    pool = 'loop.run_in_executor'


class ThreadsThreadPool(ThreadPool):
    script = THREADS
    pool = 'concurrent.futures.ThreadPoolExecutor'

    def look_at_os_threads(self, events: List[Message]) -> None:
        self.assertEqual(len({event['os'] for event in events}), POOL)


class OsloServiceThreadPool(ThreadsThreadPool):
    script = OSLO_THREADING
    pool = 'futurist.ThreadPoolExecutor'


class EventletConnectionPool(EveryDriver):
    script = EVENTLET
    patch = True
    driver = 'connection-pool'

    def test_the_identity(self) -> None:
        drivers = self.initialized['result']['runtime']['drivers']
        library = drivers['c-library']
        self.assertEqual(drivers['connection-pool'], {**library, 'name': f'eventlet.db_pool + {library["name"]}'})

    def test_a_query_switches(self) -> None:
        self.assertEqual(_ticked_during_query(self), 1)

    def test_no_more_connections_than_it_may_have(self) -> None:
        for _ in range(2):
            events = self.run_program(
                [step('spawn', thread='w', count=3 * POOL), step('join', thread='w')],
                w=[self.connect(), self.query('id', 'select connection_id()'), step('close', connection='c')],
            )
            ids = _values(events, 'id')
            self.assertEqual((len(ids), len({rows[0][0] for rows in ids.values()})), (3 * POOL, POOL))

    def test_a_connection_that_broke_is_left_out(self) -> None:
        identify = 'select connection_id()'
        events = self.run_program(
            [
                self.connect(),
                self.query('id', identify, into='id'),
                step('attempt', 'killed', steps=[self.query('kill', 'kill connection_id()')]),
                step('close', connection='c'),
                self.connect(),
                self.query('other', identify),
            ]
        )
        self.assertIn(value_of(events, 'killed'), [1317, 1927, 2013])
        self.assertNotEqual(value_of(events, 'other'), value_of(events, 'id'))


class UnpatchedEventletConnectionPool(EventletConnectionPool):
    patch = False


class EventletCLibrary(CLibrary):
    script = EVENTLET
    patch = True

    def test_a_query_blocks(self) -> None:
        self.assertEqual(_ticked_during_query(self), 0)


class GeventCLibrary(EventletCLibrary):
    script = GEVENT


class AsyncioCLibrary(EventletCLibrary):
    script = ASYNCIO
    patch = False


class EventletNative(EveryDriver):
    script = EVENTLET
    patch = True
    driver = 'native'

    def test_a_query_switches(self) -> None:
        self.assertEqual(_ticked_during_query(self), 1)


class UnpatchedEventletNative(EveryDriver):
    script = EVENTLET
    driver = 'native'

    def test_a_query_blocks(self) -> None:
        self.assertEqual(_ticked_during_query(self), 0)


class GeventNative(EventletNative):
    script = GEVENT


class UnpatchedGeventNative(UnpatchedEventletNative):
    script = GEVENT


class AsyncioNative(EventletNative):
    script = ASYNCIO
    patch = False


def _spawn_and_join(thread: str) -> List[Message]:
    return [step('spawn', thread=thread), step('join', thread=thread)]


def _values(events: List[Message], label: str) -> Dict[str, Any]:
    """What the step of that label gave in each green thread."""
    return {event['thread']: event['value'] for event in events if event['label'] == label and event['phase'] == 'finished'}


def _ticked_during_query(test: EveryDriver) -> Any:
    """Whether a green thread that was ready ran while another's query took its time."""
    events = test.run_program(
        [
            test.connect(),
            step('spawn', thread='ticker'),
            test.query('slow', 'select sleep(0.05)'),
            step('get', 'ticks', variable='ticks'),
            step('join', thread='ticker'),
        ],
        variables={'ticks': 0},
        ticker=[step('set', variable='ticks', value=1)],
    )
    return value_of(events, 'ticks')


def load_tests(_loader: Any, tests: TestSuite, _pattern: Any) -> TestSuite:
    if ADDRESS is not None:
        return tests
    print('not run: tests with MySQL (GREENSPEC_MYSQL is not set)', file=sys.stderr)
    return TestSuite()


del EveryDriver, ThreadPool  # bases, not tests of their own
