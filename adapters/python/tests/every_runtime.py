"""What holds for every runtime, and what for some: bases to be mixed into a test case for each."""

from __future__ import annotations

import os
import socket
import struct
from typing import Any

from .adapter import NONCE, AdapterTest, code_of, phases, step, value_of


class EveryRuntime(AdapterTest):
    #: Whether the runtime's sleep can be called without an argument.
    sleeps_without_argument = True

    def test_events_are_numbered_and_name_the_os_thread(self) -> None:
        events = self.run_program([step('sleep', 'nap', through='library', seconds=0), step('get', 'read', variable='v')])
        self.assertEqual([event['n'] for event in events], [1, 2, 3, 4])
        self.assertEqual({event['run'] for event in events}, {'r1'})
        self.assertEqual({event['os'] for event in events}, {self.adapter.process.pid})
        self.assertEqual([event['at'] for event in events], sorted(event['at'] for event in events))
        self.assertEqual(phases(events)[:2], ['main nap started', 'main nap finished'])

    def test_steps_without_labels_report_nothing(self) -> None:
        self.assertEqual(self.run_program([step('sleep', through='library', seconds=0), step('set', variable='v', value=1)]), [])

    def test_sleep(self) -> None:
        events = self.run_program(
            [
                step('sleep', 'zero', through='library', seconds=0),
                step('sleep', 'standard', through='standard', seconds=0),
                step('sleep', 'longer', through='library', seconds=0.02),
            ]
        )
        self.assertEqual([event['value'] for event in events if event['phase'] == 'finished'], [None] * 3)
        self.assertGreaterEqual(events[-1]['at'] - events[-2]['at'], 20)

    def test_a_sleep_without_an_argument_is_called_so(self) -> None:
        events = self.run_program([step('attempt', 'tried', steps=[step('sleep', through='library')])])
        self.assertEqual(value_of(events, 'tried'), None if self.sleeps_without_argument else 'TypeError')

    def test_spawn_and_join(self) -> None:
        events = self.run_program(
            [
                step('spawn', 'go', thread='many'),
                step('join', 'many', thread='many'),
                step('join', 'nobody', thread='never'),
            ],
            many={'count': 3, 'steps': [step('get', 'self', variable='v')]},
            never=[],
        )
        self.assertIsNone(value_of(events, 'go'))
        self.assertEqual(value_of(events, 'many'), [None, None, None])
        self.assertIsNone(value_of(events, 'nobody'))
        self.assertEqual({event['thread'] for event in events}, {'main', 'many#1', 'many#2', 'many#3'})

    def test_return_ends_main(self) -> None:
        self.assertEqual(self.run_program([step('return', value=1), step('get', 'never', variable='v')]), [])

    def test_raise_and_attempt(self) -> None:
        events = self.run_program(
            [
                step('attempt', 'caught', into='code', steps=[step('raise', 'fall', error='Oops')]),
                step('when', local='code', is_='Oops', steps=[step('attempt', 'fine', steps=[])]),
                step('attempt', 'native', steps=[step('set', variable='v', value='text', plus=1)]),
            ]
        )
        self.assertEqual(value_of(events, 'caught'), 'Oops')
        self.assertEqual(code_of(events, 'fall'), 'Oops')
        self.assertIsNone(value_of(events, 'fine'))
        self.assertEqual(value_of(events, 'native'), 'not-a-number')

    def test_an_error_that_main_raises_ends_the_program(self) -> None:
        events = self.run_program([step('raise', 'fall', error='Oops'), step('get', 'never', variable='v')])
        self.assertEqual(phases(events), ['main fall started', 'main fall raised'])

    def test_variables(self) -> None:
        events = self.run_program(
            [
                step('get', 'first', variable='v', into='x'),
                step('set', 'sum', variable='v', from_='x', plus=2),
                step('get', 'now', variable='v'),
                step('get', 'unset', variable='nothing'),
                step('set', 'list', variable='l', value=[1, 'a', None, [True]]),
                step('get', 'again', variable='l'),
            ],
            variables={'v': 40},
        )
        values = {event['label']: event['value'] for event in events if event['phase'] == 'finished'}
        copy = [1, 'a', None, [True]]
        self.assertEqual(values, {'first': 40, 'sum': 42, 'now': 42, 'unset': None, 'list': copy, 'again': copy})

    def test_true_is_not_one(self) -> None:
        events = self.run_program(
            [
                step('get', variable='v', into='x'),
                step('when', local='x', is_=1, steps=[step('get', 'number', variable='v')]),
                step('when', local='x', is_=True, steps=[step('get', 'truth', variable='v')]),
            ],
            variables={'v': True},
        )
        self.assertEqual({event['label'] for event in events}, {'truth'})

    def test_repeat_and_until(self) -> None:
        more = [step('get', variable='v', into='x'), step('set', 'more', variable='v', from_='x', plus=1)]
        events = self.run_program(
            [
                step('repeat', 'twice', times=2, steps=more),
                step('until', 'five', variable='v', is_=5, steps=more),
                step('until', 'still', variable='v', is_=5, steps=[step('get', 'never', variable='v')]),
            ],
            variables={'v': 0},
        )
        self.assertEqual([event['value'] for event in events if event['label'] == 'more' and 'value' in event], [1, 2, 3, 4, 5])
        self.assertNotIn('never', {event['label'] for event in events})

    def test_until_ends_with_its_flag(self) -> None:
        turn = [step('get', 'turn', variable='v'), step('sleep', through='library', seconds=0.001)]
        self.begin([step('until', 'turns', variable='v', is_=True, unless='off', steps=turn)])
        self.assertEqual(self.adapter.event()['label'], 'turns')
        self.assertEqual(self.adapter.event()['label'], 'turn')
        open(os.path.join(self.folder, 'flag-off'), 'w').close()
        events, _ = self.end()
        self.assertEqual(phases(events)[-1], 'main turns finished')

    def test_call(self) -> None:
        events = self.run_program([step('call', 'deep', depth=100, steps=[step('get', 'inner', variable='v')])])
        inner = ['main inner started', 'main inner finished']
        self.assertEqual(phases(events), ['main deep started', *inner, 'main deep finished'])

    def test_compute_ends_with_its_flag(self) -> None:
        self.begin([step('compute', 'burn', until='stop')])
        self.assertEqual(self.adapter.event()['phase'], 'started')
        open(os.path.join(self.folder, 'flag-stop'), 'w').close()
        events, _ = self.end()
        self.assertEqual(phases(events), ['main burn finished'])

    def test_touch(self) -> None:
        with open(os.path.join(self.folder, 'readable.txt'), 'w', encoding='utf-8') as file:
            file.write('grün\n')
        log = [step('touch', 'log', what='log')]
        events = self.run_program(
            [step('touch', 'file', what='file'), *log, step('spawn', thread='w'), step('join', thread='w')], w=log
        )
        self.assertEqual(value_of(events, 'file'), 'grün\n')
        self.assertIsNone(value_of(events, 'log'))
        with open(os.path.join(self.folder, 'log.txt'), encoding='utf-8') as file:
            self.assertEqual(file.read(), f'{NONCE} main\n{NONCE} w#1\n')

    def test_a_gate_gives_the_token(self) -> None:
        self.begin(
            [step('get', 'before', variable='v'), step('wait', 'wait', gate='g', through='green', into='t'), *self._show('t')]
        )
        connection, hello = self.gates.accept()
        self.assertEqual(hello, f'{NONCE} g main 3')
        connection.sendall(b'tok')
        connection.sendall(b'en-1\n')
        events, _ = self.end()
        self.assertEqual(value_of(events, 'wait'), 'token-1')
        self.assertEqual(value_of(events, 'shown'), 'token-1')
        self.assertEqual(connection.recv(1), b'')
        connection.close()

    def test_a_gate_that_is_lost(self) -> None:
        self.begin([step('attempt', 'tried', steps=[step('wait', 'wait', gate='g', through='green')])])
        connection, _ = self.gates.accept()
        connection.sendall(b'half')
        connection.close()
        events, _ = self.end()
        self.assertEqual(code_of(events, 'wait'), 'gate-lost')
        self.assertEqual(value_of(events, 'tried'), 'gate-lost')

    def test_a_gate_that_is_reset(self) -> None:
        self.begin([step('attempt', 'tried', steps=[step('wait', gate='g', through='green', label='wait')])])
        connection, _ = self.gates.accept()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        connection.close()
        events, _ = self.end()
        self.assertEqual(value_of(events, 'tried'), 'gate-lost')

    def test_a_pipe_gives_the_token(self) -> None:
        pipe = self.make_pipe('g')
        self.begin([step('wait', 'wait', gate='g', through='raw-pipe', into='t'), *self._show('t')])
        descriptor = self.open_pipe(pipe)
        os.write(descriptor, b'tok')
        os.write(descriptor, 'en-ü\nrest'.encode())
        events, _ = self.end()
        os.close(descriptor)
        self.assertEqual(value_of(events, 'wait'), 'token-ü')
        self.assertEqual(value_of(events, 'shown'), 'token-ü')

    def test_a_pipe_that_is_lost(self) -> None:
        for gate, text in (('empty', b''), ('half', b'half')):
            pipe = self.make_pipe(gate)
            self.begin([step('attempt', 'tried', steps=[step('wait', 'wait', gate=gate, through='raw-pipe')])])
            descriptor = self.open_pipe(pipe)
            os.write(descriptor, text)
            os.close(descriptor)
            events, _ = self.end()
            self.assertEqual(value_of(events, 'tried'), 'gate-lost')

    def test_threads_wait_at_gates_side_by_side(self) -> None:
        self.begin(
            [step('spawn', thread='w', count=3), step('join', 'all', thread='w')],
            w=[step('wait', 'wait', gate='g', through='green')],
        )
        waiting = sorted((self.gates.accept() for _ in range(3)), key=lambda one: one[1].split()[2], reverse=True)
        events = [self.adapter.event() for _ in range(4)]
        for connection, hello in waiting:
            thread = hello.split()[2]
            connection.sendall(thread.encode() + b'\n')
            event = self.adapter.event()
            self.assertEqual((event['thread'], event['phase'], event['value']), (thread, 'finished', thread))
            connection.close()
        self.assertEqual(len(events), 4)
        self.end()

    def test_two_runs_share_nothing(self) -> None:
        steps = [step('get', 'old', variable='v'), step('set', variable='v', value=1), step('spawn', thread='w')]
        for _ in range(2):
            events = self.run_program([*steps, step('join', thread='w')], w=[step('get', 'me', variable='v')])
            self.assertIsNone(value_of(events, 'old'))
            self.assertEqual([event['n'] for event in events], [1, 2, 3, 4])
            self.assertEqual(events[-1]['thread'], 'w#1')

    def test_unfinished_green_threads_are_counted(self) -> None:
        self.begin(
            [step('spawn', thread='done'), step('join', thread='done'), step('spawn', thread='stuck', count=2)],
            done=[],
            stuck=[step('wait', 'wait', gate='g', through='green')],
        )
        _, result = self.end()
        self.assertEqual(result['unfinished'], 2)
        self.assertEqual(self.adapter.end_input(), 0)

    def test_shutdown(self) -> None:
        self.assertEqual(self.adapter.request('shutdown'), {'jsonrpc': '2.0', 'id': 1, 'result': {}})
        self.assertEqual(self.adapter.process.wait(30), 0)

    def test_end_of_input(self) -> None:
        self.assertEqual(self.adapter.end_input(), 0)

    def _show(self, local: str) -> Any:
        return [step('set', 'shown', variable='shown', from_=local)]


class Outcomes(AdapterTest):
    """For a runtime whose join gives what a green thread returned, or raises what it raised."""

    def test_join_gives_what_was_returned(self) -> None:
        events = self.run_program(
            [
                step('spawn', thread='one'),
                step('join', 'one', thread='one'),
                step('spawn', thread='two', count=2),
                step('join', 'two', thread='two', into='all'),
                step('when', local='all', is_=[7, 7], steps=[step('set', 'kept', variable='v', value='yes')]),
            ],
            one=[step('return', value='x')],
            two=[step('return', value=7)],
        )
        self.assertEqual(value_of(events, 'one'), 'x')
        self.assertEqual(value_of(events, 'two'), [7, 7])
        self.assertEqual(value_of(events, 'kept'), 'yes')

    def test_join_raises_what_the_first_raised_after_all_have_ended(self) -> None:
        events = self.run_program(
            [
                step('spawn', thread='bad'),
                step('spawn', thread='good'),
                step('attempt', 'tried', steps=[step('join', 'join', thread='bad')]),
                step('join', thread='good'),
            ],
            bad={'count': 2, 'steps': [step('raise', 'fall', error='Oops')]},
            good=[],
        )
        self.assertEqual(code_of(events, 'join'), 'Oops')
        self.assertEqual(value_of(events, 'tried'), 'Oops')
        self.assertEqual(len([event for event in events if event['label'] == 'fall']), 4)

    def test_return_ends_the_green_thread_from_inside_nested_steps(self) -> None:
        inner = [step('attempt', 'try', steps=[step('return', 'leave', value='early'), step('get', 'never', variable='v')])]
        events = self.run_program(
            [step('spawn', thread='w', count=2), step('join', 'end', thread='w')],
            w=[step('call', depth=2, steps=[step('repeat', times=3, steps=inner)]), step('get', 'never', variable='v')],
        )
        self.assertEqual(value_of(events, 'end'), ['early', 'early'])
        self.assertNotIn('never', {event['label'] for event in events})
        first = [phase for phase in phases(events) if phase.startswith('w#1')]
        self.assertEqual(first, [f'w#1 {phase}' for phase in ('try started', 'leave started', 'leave finished', 'try finished')])


class Silence(AdapterTest):
    """For a runtime whose join only waits."""

    def test_join_gives_nothing(self) -> None:
        events = self.run_program(
            [step('spawn', thread='w'), step('join', 'end', thread='w'), step('spawn', thread='bad'), step('join', thread='bad')],
            w=[step('return', 'leave', value='x'), step('get', 'never', variable='v')],
            bad=[step('raise', 'fall', error='Oops')],
        )
        self.assertEqual((value_of(events, 'leave'), value_of(events, 'end')), (None, None))
        self.assertEqual(code_of(events, 'fall'), 'Oops')
        self.assertNotIn('never', {event['label'] for event in events})


class Exclusion(AdapterTest):
    """For a runtime that has `synchronized`."""

    def test_synchronized_excludes(self) -> None:
        self.begin(
            [step('spawn', thread='w', count=2), step('join', thread='w')],
            w=[step('synchronized', 'lock', name='l', steps=[step('wait', 'inside', gate='g', through='green')])],
        )
        for _ in range(2):
            connection, hello = self.gates.accept()
            connection.sendall(b'go\n')
            connection.close()
        events, _ = self.end()
        entered = [event['thread'] for event in events if event['phase'] == 'entered']
        self.assertEqual(entered, ['w#1', 'w#2'])
        inside = [phase for phase in phases(events) if 'inside' in phase or 'entered' in phase]
        one = ['lock entered', 'inside started', 'inside finished']
        self.assertEqual(inside, [f'{thread} {phase}' for thread in entered for phase in one])

    def test_a_lock_is_let_go_when_its_steps_return(self) -> None:
        held = [step('synchronized', 'lock', name='l', steps=[step('return', value='early')])]
        events = self.run_program([step('spawn', thread='w', count=2), step('join', thread='w')], w=held)
        ends = [event['thread'] for event in events if event['phase'] == 'finished']
        self.assertEqual(sorted(ends), ['w#1', 'w#2'])

    def test_a_lock_is_let_go_when_its_steps_raise(self) -> None:
        fall = [step('attempt', 'tried', steps=[step('synchronized', 'lock', name='l', steps=[step('raise', error='Oops')])])]
        events = self.run_program([*fall, *fall])
        self.assertEqual([event['value'] for event in events if event['label'] == 'tried' and 'value' in event], ['Oops'] * 2)
        once = [f'main {phase}' for phase in ('tried started', 'lock started', 'lock entered', 'lock raised', 'tried finished')]
        self.assertEqual(phases(events), once * 2)


class Cooperative(AdapterTest):
    """For a runtime whose green threads share one OS thread."""

    #: Whether the standard library's sleep is the library's own.
    standard_sleep_switches = False

    def test_the_standard_sleep(self) -> None:
        events = self.run_program(
            [
                step('spawn', thread='ticker'),
                step('sleep', through='standard', seconds=0),
                step('get', 'ticks', variable='ticks'),
                step('join', thread='ticker'),
            ],
            variables={'ticks': 0},
            ticker=[step('set', variable='ticks', value=1)],
        )
        self.assertEqual(events[1]['value'], int(self.standard_sleep_switches))
        self.assertEqual(self.initialized['result']['patched'], self.standard_sleep_switches)

    def test_a_pipe_blocks(self) -> None:
        pipe = self.make_pipe('g')
        self.begin(
            [step('spawn', thread='other'), step('wait', 'wait', gate='g', through='raw-pipe'), step('join', thread='other')],
            other=[step('get', 'turn', variable='v')],
        )
        descriptor = self.open_pipe(pipe)
        os.write(descriptor, b'token\n')
        events, _ = self.end()
        os.close(descriptor)
        turn = ['other#1 turn started', 'other#1 turn finished']
        self.assertEqual(phases(events), ['main wait started', 'main wait finished', *turn])
