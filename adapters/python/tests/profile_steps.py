"""The steps that only profiles take: bases to be mixed into the test case of each runtime that has them."""

from __future__ import annotations

from .adapter import POOL, AdapterTest, code_of, phases, step, value_of

_NAP = step('sleep', 'nap', through='library', seconds=50)
_YIELD = step('sleep', through='library', seconds=0)


class Killable(AdapterTest):
    def test_a_kill_ends_a_green_thread_where_it_waits(self) -> None:
        events = self.run_program(
            [
                step('spawn', thread='victim'),
                _YIELD,
                step('kill', 'kill', thread='victim'),
                step('attempt', 'tried', steps=[step('join', thread='victim')]),
            ],
            victim=[step('attempt', steps=[_NAP]), step('get', 'never', variable='v')],
        )
        self.assertIn('victim#1 nap raised', phases(events))
        self.assertIsNone(value_of(events, 'kill'))
        self.assertEqual(value_of(events, 'tried'), 'killed')
        self.assertNotIn('never', {event['label'] for event in events})

    def test_who_is_killed_before_it_begins_is_joined_all_the_same(self) -> None:
        self.begin(
            [
                step('spawn', thread='victim'),
                step('kill', thread='victim'),
                step('attempt', 'tried', steps=[step('join', thread='victim')]),
            ],
            victim=[_NAP],
        )
        events, result = self.end()
        self.assertEqual(phases(events), ['main tried started', 'main tried finished'])
        self.assertEqual(value_of(events, 'tried'), 'killed')
        self.assertEqual(result['unfinished'], 0)

    def test_who_is_killed_when_it_has_ended_is_not(self) -> None:
        events = self.run_program(
            [
                step('spawn', thread='done'),
                step('join', thread='done'),
                step('kill', thread='done'),
                step('attempt', 'tried', steps=[step('join', 'join', thread='done')]),
            ],
            done=[step('return', value=7)],
        )
        self.assertIsNone(value_of(events, 'tried'))

    def test_who_is_killed_while_it_joins_another_is_not_told_that_the_other_was(self) -> None:
        events = self.run_program(
            [
                step('spawn', thread='other'),
                step('spawn', thread='joiner'),
                _YIELD,
                step('kill', thread='joiner'),
                step('kill', thread='other'),
                step('attempt', steps=[step('join', thread='joiner')]),
                step('attempt', steps=[step('join', thread='other')]),
            ],
            other=[_NAP],
            joiner=[step('attempt', 'tried', steps=[step('join', thread='other')])],
        )
        self.assertIn('joiner#1 tried raised', phases(events))


class Timed(AdapterTest):
    def test_a_timeout_ends_its_steps_and_is_caught_outside(self) -> None:
        limited = step('timeout', 'limit', seconds=0.001, steps=[step('attempt', steps=[_NAP])])
        events = self.run_program([step('attempt', 'tried', steps=[limited])])
        self.assertIn('main nap raised', phases(events))
        self.assertEqual(code_of(events, 'limit'), 'timed-out')
        self.assertEqual(value_of(events, 'tried'), 'timed-out')

    def test_steps_that_end_in_time_are_not_disturbed(self) -> None:
        nap = step('sleep', 'nap', through='library', seconds=0.02)
        events = self.run_program([step('timeout', 'limit', seconds=0.01, steps=[step('get', 'in', variable='v')]), nap])
        self.assertEqual(phases(events)[-2:], ['main nap started', 'main nap finished'])

    def test_the_timeout_of_an_outer_step_goes_through_an_inner_one(self) -> None:
        inner = step('attempt', steps=[step('timeout', seconds=50, steps=[_NAP])])
        events = self.run_program([step('attempt', 'tried', steps=[step('timeout', seconds=0.001, steps=[inner])])])
        self.assertEqual(value_of(events, 'tried'), 'timed-out')


class CalledBack(AdapterTest):
    def test_steps_run_inside_of_a_callback(self) -> None:
        inner = [step('get', 'inner', variable='v')]
        events = self.run_program(
            [
                step('call', 'called', depth=2, via='callback', steps=inner),
                step('attempt', 'tried', steps=[step('call', depth=1, via='callback', steps=[step('raise', error='Oops')])]),
            ]
        )
        self.assertEqual(phases(events)[:4], ['main called started', 'main inner started', 'main inner finished', 'main called finished'])
        self.assertEqual(value_of(events, 'tried'), 'Oops')


class WaitsForAPlace(AdapterTest):
    def test_a_full_pool_holds_up_who_wants_one_more(self) -> None:
        task = [step('wait', 'task', gate='g', through='green')]
        self.begin(
            [
                step('spawn', thread='task', through='pool', count=POOL),
                step('spawn', 'more', thread='more', through='pool'),
                step('join', thread='more'),
                step('join', thread='task'),
            ],
            task=task,
            more=[],
        )
        for connection, _ in [self.gates.accept() for _ in range(POOL)]:
            connection.sendall(b'go\n')
            connection.close()
        events, _ = self.end()
        told = phases(events)
        first = min(told.index(f'task#{number + 1} task finished') for number in range(POOL))
        self.assertLess(first, told.index('main more finished'))


class HoldsTheLog(AdapterTest):
    def test_the_lock_of_the_log_is_held_and_let_go(self) -> None:
        held = step('attempt', steps=[step('hold', 'held', lock='log', steps=[step('raise', error='Oops')])])
        log = step('touch', 'log', what='log')
        events = self.run_program([held, step('spawn', thread='w'), step('join', thread='w')], w=[log])
        self.assertEqual(code_of(events, 'held'), 'Oops')
        self.assertIn('w#1 log finished', phases(events))


class HoldsAnEarlyLock(AdapterTest):
    def test_a_lock_from_before_the_patching_is_held_and_let_go(self) -> None:
        held = step('hold', 'held', lock='early', steps=[step('get', 'in', variable='v')])
        events = self.run_program([held, held, step('spawn', thread='w'), step('join', thread='w')], w=[held])
        self.assertEqual(phases(events)[-1], 'w#1 held finished')
