"""The three requests, and input that is none."""

from __future__ import annotations

from typing import Any

from .adapter import POOL, AdapterTest, step

MEBIBYTE = 1024 * 1024
#: What a harness sends.
FINE = {'protocol': 1, 'patch': False, 'pool': POOL}


class Initialize(AdapterTest):
    def test_the_identity(self) -> None:
        result = self.initialized['result']
        self.assertEqual((result['protocol'], result['patched']), (1, False))
        runtime = result['runtime']
        self.assertEqual(runtime['name'], 'plain-threads')
        self.assertEqual(runtime['language']['name'], 'python')
        self.assertEqual(runtime['lock']['standIn'], True)
        self.assertNotIn('hub', runtime)

    def test_the_capabilities(self) -> None:
        words = set(self.initialized['result']['capabilities'])
        plain = {'spawn', 'join', 'return', 'raise', 'attempt', 'compute', 'call', 'get', 'set', 'when', 'repeat', 'until'}
        plain |= {'sleep/library', 'sleep/standard', 'wait/green', 'wait/raw-pipe', 'touch/file', 'touch/log'}
        self.assertLessEqual(plain, words)
        self.assertIn('yield', words)
        self.assertIn('patch/off', words)
        self.assertNotIn('patch/on', words)

    def test_a_newer_harness_gets_our_version(self) -> None:
        self.assertEqual(self.start().request('initialize', {**FINE, 'protocol': 9})['result']['protocol'], 1)

    def test_an_older_harness_is_told_our_version(self) -> None:
        error = self.start().request('initialize', {**FINE, 'protocol': 0})['error']
        self.assertEqual(error['code'], -32001)
        self.assertIn('version 1', error['message'])

    def test_patching_that_is_not_there(self) -> None:
        self.assertEqual(self.start().request('initialize', {**FINE, 'patch': True})['error']['code'], -32002)

    def test_bad_params(self) -> None:
        bad: Any
        wrong = ({**FINE, 'protocol': True}, {**FINE, 'patch': 1}, {**FINE, 'pool': 0}, {**FINE, 'pool': None})
        for bad in (None, [], {}, {'protocol': 1}, *wrong):
            with self.subTest(bad):
                self.assertEqual(self.start().request('initialize', bad)['error']['code'], -32602)

    def test_initialize_comes_first_and_once(self) -> None:
        self.assertEqual(self.start().request('run', {})['error']['code'], -32600)
        self.assertEqual(self.adapter.request('initialize', FINE)['error']['code'], -32600)

    def test_a_stray_print_goes_to_standard_error(self) -> None:
        self.assertEqual(self.adapter.end_input(), 0)
        self.assertIn('a stray print\n', self.adapter.log())


class BadInput(AdapterTest):
    def tearDown(self) -> None:
        if self.adapter.process.poll() is None:
            self.assertEqual(self.run_program([]), [], 'the adapter is as good as before')
            self.assertEqual(self.adapter.end_input(), 0)
        self.assertNotIn('Traceback', self.adapter.log())

    def test_a_line_that_is_no_json(self) -> None:
        for garbage in (b'garbage', b'{"id":1', b'\xff\xfe', b'', b'NaN', b'[' * 100_000):
            with self.subTest(garbage[:10]):
                self.adapter.write(garbage + b'\n')
                answer = self.adapter.message()
                self.assertEqual((answer['id'], answer['error']['code']), (None, -32700))

    def test_json_that_is_no_request(self) -> None:
        for line in (b'[]', b'1', b'{}', b'{"id":"x","method":"run"}', b'{"method":"run"}', b'{"id":true,"method":"run"}'):
            with self.subTest(line):
                self.adapter.write(line + b'\n')
                answer = self.adapter.message()
                self.assertEqual((answer['id'], answer['error']['code']), (None, -32600))

    def test_an_unknown_method(self) -> None:
        answer = self.adapter.request('walk')
        self.assertEqual((answer['id'], answer['error']['code']), (1, -32601))
        self.assertIn('walk', answer['error']['message'])

    def test_requests_in_one_piece(self) -> None:
        self.adapter.write(b'{"id":1,"method":"a"}\n{"id":2,"method":"b"}\n{"id":3,')
        self.adapter.write(b'"method":"c"}\n')
        self.assertEqual([self.adapter.message()['id'] for _ in range(3)], [1, 2, 3])

    def test_a_line_of_just_the_limit(self) -> None:
        self.adapter.write(b'{"id":1,"method":"a"}'.ljust(MEBIBYTE) + b'\n')
        self.assertEqual(self.adapter.message()['id'], 1)

    def test_a_huge_line(self) -> None:
        self.adapter.write(b'x' * (MEBIBYTE + 1))
        answer = self.adapter.message()
        self.assertEqual((answer['id'], answer['error']['code']), (None, -32600))
        self.assertEqual(self.adapter.process.wait(30), 1)


class BadPrograms(AdapterTest):
    def assert_refused(self, program: Any, *words: str) -> None:
        error = self.refusal(program)
        self.assertEqual(error['code'], -32602, error)
        for word in words:
            self.assertIn(word, error['message'])

    def assert_step_refused(self, bad: Any, *words: str) -> None:
        within = step('repeat', times=1, steps=[step('get', variable='v'), bad])
        self.assert_refused({'threads': {'main': {'steps': [within]}}}, 'threads.main.steps[0].steps[1]', *words)

    def test_steps(self) -> None:
        for bad, words in (
            (step('fly'), ['unknown step', 'fly']),
            ({}, ['unknown step']),
            ({'do': ['spawn']}, ['unknown step']),
            (7, ['an object']),
            (step('spawn', thread='ghost'), ['ghost']),
            (step('join', thread='ghost'), ['ghost']),
            (step('spawn'), ['thread is missing']),
            (step('spawn', thread='main', count=0), ['count']),
            (step('sleep'), ['through is missing']),
            (step('sleep', through='magic'), ['through', 'library or standard']),
            (step('sleep', through='library', seconds=True), ['seconds']),
            (step('wait', gate='g', through='green'), ['label is missing']),
            (step('get', 'a label', variable='v'), ['label']),
            (step('get', variable='v', colour='red'), ['unknown field', 'colour']),
            (step('set', variable='v', value={}), ['value']),
            (step('return', value={}), ['value']),
            (step('attempt'), ['steps is missing']),
            (step('attempt', steps={}), ['steps']),
            (step('call', depth=101, steps=[]), ['depth']),
            (step('connect', connection='c', driver='thread-pool'), ['no connect/thread-pool']),
        ):
            with self.subTest(bad):
                self.assert_step_refused(bad, *words)

    def test_programs(self) -> None:
        for program, words in (
            ({}, ['threads is missing']),
            ({'threads': {}}, ['main']),
            ({'threads': {'main': []}}, ['threads.main']),
            ({'threads': {'main': {'steps': []}, '1st': {'steps': []}}}, ['1st', 'a name']),
            ({'threads': {'main': {'steps': []}}, 'variables': {'v': {}}}, ['variables.v']),
        ):
            with self.subTest(program):
                self.assert_refused(program, *words)

    def test_the_other_params(self) -> None:
        fine = self.params({'threads': {'main': {'steps': []}}})
        for name, bad in (('run', 'r 1'), ('nonce', 'xyz'), ('gates', {}), ('folder', None), ('database', {'host': 'h'})):
            with self.subTest(name):
                error = self.adapter.request('run', {**fine, name: bad})['error']
                self.assertEqual(error['code'], -32602)
        self.assertEqual(self.adapter.request('run')['error']['code'], -32602)

    def test_nesting_beyond_reason(self) -> None:
        steps: Any = []
        for _ in range(99):
            steps = [step('attempt', 'inner', steps=steps)]
        self.assertEqual(len(self.run_program(steps)), 2 * 99)
        self.assert_refused({'threads': {'main': {'steps': [step('attempt', steps=steps)]}}}, 'nested')

    def test_a_run_that_fails_outside_its_steps(self) -> None:
        self.folder, folder = f'{self.folder}/missing', self.folder
        error = self.refusal({'threads': {'main': {'steps': [step('touch', what='log')]}}})
        self.folder = folder
        self.assertEqual(error['code'], -32003)
        self.assertEqual(self.run_program([]), [])


class LongValues(AdapterTest):
    def test_an_event_is_cut_to_what_a_pipe_takes_in_one_piece(self) -> None:
        for text in ('x' * 5000, 'ü' * 5000, '\U0001f600' * 3000, '"' * 5000, '\n' * 4000):
            with self.subTest(text[0]):
                self.adapter.send('run', self.params(_sets(text)))
                self.adapter.line()
                line = self.adapter.line()
                self.assertLessEqual(len(line) + 1, 4096)
                self.assertGreater(len(line), 4000)
                self.end()

    def test_a_cut_value_is_the_beginning_of_its_text(self) -> None:
        for given, text in (('x' * 9000, 'x' * 3000), ([1, 'ab'] * 2000, '[1,"ab",1,"ab",')):
            self.adapter.send('run', self.params(_sets(given)))
            events, _ = self.end()
            self.assertTrue(events[1]['value'].startswith(text))
            self.assertTrue(events[1]['value'].endswith('…'))

    def test_a_value_that_just_fits_is_whole(self) -> None:
        text = 'x' * 3800
        self.adapter.send('run', self.params(_sets(text)))
        events, _ = self.end()
        self.assertEqual(events[1]['value'], text)

    def test_what_json_cannot_say(self) -> None:
        huge = step('set', 'huge', variable='v', value=1e308, plus=1e308)
        events = self.run_program([huge, step('get', 'odd', variable='w')], {'w': '\ud800'})
        self.assertEqual([events[1]['value'], events[3]['value']], ['inf', '\ud800'])


def _sets(value: Any) -> Any:
    return {'threads': {'main': {'steps': [step('set', 'set', variable='v', value=value)]}}}
