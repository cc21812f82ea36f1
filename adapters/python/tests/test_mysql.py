"""Queries to a real server. Collected if GREENSPEC_MYSQL names one: mysql://user:password@host:port/database."""

from __future__ import annotations

import os
import sys
from typing import Any, List, Optional
from unittest import TestSuite
from urllib.parse import urlsplit

from .adapter import EVENTLET, NONCE, THREADS, AdapterTest, Message, code_of, step, value_of

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
    script = THREADS
    driver = 'c-library'

    def test_the_library_is_mapped(self) -> None:
        library = self.initialized['result']['runtime']['drivers']['c-library']['library']
        with open(f'/proc/{self.adapter.process.pid}/maps', encoding='utf-8') as maps:
            self.assertIn(library, maps.read())


class Native(EveryDriver):
    script = THREADS
    driver = 'native'


class EventletCLibrary(CLibrary):
    script = EVENTLET
    patch = True

    def test_a_query_blocks(self) -> None:
        self.assertEqual(_ticked_during_query(self), 0)


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


def _spawn_and_join(thread: str) -> List[Message]:
    return [step('spawn', thread=thread), step('join', thread=thread)]


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


del EveryDriver  # a base, not a test of its own
