"""eventlet, patched and not. Collected where it is installed."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import Any
from unittest import TestSuite

from .adapter import EVENTLET, AdapterTest, phases, step
from .every_runtime import EveryRuntime, Exclusion


class Patched(EveryRuntime, Exclusion):
    script = EVENTLET
    patch = True

    def test_the_identity(self) -> None:
        result = self.initialized['result']
        self.assertEqual(result['runtime']['name'], 'eventlet')
        self.assertEqual(result['runtime']['lock']['name'], 'oslo_concurrency.lockutils')
        self.assertEqual(result['runtime']['lock']['standIn'], False)
        self.assertTrue(result['runtime']['hub'].startswith('eventlet.hubs.'))
        self.assertIn('greenlet', result['runtime']['components'])
        self.assertLessEqual({'patch/on', 'patch/off', 'synchronized'}, set(result['capabilities']))
        self.assertTrue(result['patched'])

    def test_the_standard_sleep_switches(self) -> None:
        self.assertEqual(_ticks_during_standard_sleep(self), 1)

    def test_a_pipe_blocks(self) -> None:
        _assert_nobody_runs_during_a_read(self)


class Unpatched(EveryRuntime):
    script = EVENTLET
    patch = False

    # Its steps are synchronized.
    test_return_ends_the_green_thread_from_inside_nested_steps = None  # type: ignore[assignment]

    def test_there_is_no_lock(self) -> None:
        self.assertNotIn('synchronized', self.initialized['result']['capabilities'])
        error = self.refusal({'threads': {'main': {'steps': [step('synchronized', name='l', steps=[])]}}})
        self.assertIn('no synchronized', error['message'])

    def test_the_standard_sleep_does_not_switch(self) -> None:
        self.assertEqual(_ticks_during_standard_sleep(self), 0)

    def test_a_pipe_blocks(self) -> None:
        _assert_nobody_runs_during_a_read(self)


def _ticks_during_standard_sleep(test: AdapterTest) -> Any:
    events = test.run_program(
        [
            step('spawn', thread='ticker'),
            step('sleep', through='standard', seconds=0),
            step('get', 'ticks', variable='ticks'),
            step('join', thread='ticker'),
        ],
        variables={'ticks': 0},
        ticker=[step('set', variable='ticks', value=1)],
    )
    return events[1]['value']


def _assert_nobody_runs_during_a_read(test: AdapterTest) -> None:
    pipe = test.make_pipe('g')
    test.begin(
        [step('spawn', thread='other'), step('wait', 'wait', gate='g', through='raw-pipe'), step('join', thread='other')],
        other=[step('get', 'turn', variable='v')],
    )
    descriptor = test.open_pipe(pipe)
    os.write(descriptor, b'token\n')
    events, _ = test.end()
    os.close(descriptor)
    turn = ['other#1 turn started', 'other#1 turn finished']
    test.assertEqual(phases(events), ['main wait started', 'main wait finished', *turn])


def load_tests(_loader: Any, tests: TestSuite, _pattern: Any) -> TestSuite:
    if find_spec('eventlet') and find_spec('oslo_concurrency'):
        return tests
    print('not run: tests of eventlet (eventlet and oslo.concurrency are not installed)', file=sys.stderr)
    return TestSuite()


del EveryRuntime, Exclusion  # bases, not tests of their own
