"""The harness's side, as far as the tests need it: a process, its lines, gates and a folder."""

from __future__ import annotations

import errno
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from typing import Any, ClassVar, Dict, List, Optional, Tuple
from unittest import TestCase

HERE = os.path.dirname(os.path.abspath(__file__))
SDK = os.path.dirname(HERE)
#: The SDK's own runtime: of the standard library alone, so that the SDK can be tested with nothing installed.
PLAIN = os.path.join(HERE, 'runtimes', 'plain_threads.py')
ASYNCIO = os.path.join(SDK, 'asyncio_adapter.py')
EVENTLET = os.path.join(SDK, 'eventlet_adapter.py')
EVENTLET_ASYNCIO = os.path.join(SDK, 'eventlet_asyncio_adapter.py')
GEVENT = os.path.join(SDK, 'gevent_adapter.py')
OSLO_EVENTLET = os.path.join(SDK, 'oslo_service_eventlet_adapter.py')
OSLO_THREADING = os.path.join(SDK, 'oslo_service_threading_adapter.py')
THREADS = os.path.join(SDK, 'threads_adapter.py')

NONCE = '5f0c9e0a7d3b1142'
#: The size of the pools, as greenspec has it.
POOL = 4
#: No test waits for this to pass; it ends one whose adapter hangs.
DEADLINE = 30

Message = Dict[str, Any]
Steps = List[Dict[str, Any]]


class Adapter:
    """An adapter process."""

    def __init__(self, script: str) -> None:
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [sys.executable, script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env={**os.environ, 'PYTHONPATH': SDK},
        )
        self._pending = b''

    def write(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, method: str, params: Any = None, identifier: int = 1) -> None:
        request = {'jsonrpc': '2.0', 'id': identifier, 'method': method}
        self.write(json.dumps(request if params is None else {**request, 'params': params}).encode() + b'\n')

    def line(self) -> bytes:
        """The next line; empty at the end of output."""
        assert self.process.stdout is not None
        descriptor = self.process.stdout.fileno()
        while b'\n' not in self._pending:
            if not select.select([descriptor], [], [], DEADLINE)[0]:
                raise TimeoutError(f'nothing came; standard error says:\n{self.log()}')
            chunk = os.read(descriptor, 65536)
            if not chunk:
                return b''
            self._pending += chunk
        line, _, self._pending = self._pending.partition(b'\n')
        return line

    def message(self) -> Message:
        line = self.line()
        if not line:
            raise EOFError(f'the adapter is gone; standard error says:\n{self.log()}')
        message: Message = json.loads(line)
        return message

    def event(self) -> Message:
        message = self.message()
        assert message.get('method') == 'event', message
        event: Message = message['params']
        return event

    def events_and_answer(self) -> Tuple[List[Message], Message]:
        events: List[Message] = []
        while True:
            message = self.message()
            if 'method' not in message:
                return events, message
            events.append(message['params'])

    def request(self, method: str, params: Any = None) -> Message:
        self.send(method, params)
        return self.message()

    def end_input(self) -> int:
        """Ends the adapter's input; gives its exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(DEADLINE)

    def log(self) -> str:
        self.errors.seek(0)
        return self.errors.read().decode()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.errors):
            if stream is not None:
                stream.close()


class Gates:
    """A server whose connections the test answers."""

    def __init__(self) -> None:
        self.server = socket.create_server(('127.0.0.1', 0))
        self.server.settimeout(DEADLINE)
        self.port: int = self.server.getsockname()[1]

    def accept(self) -> Tuple[socket.socket, str]:
        """A connection, and the hello that came by it."""
        connection, _ = self.server.accept()
        connection.settimeout(DEADLINE)
        hello = b''
        while not hello.endswith(b'\n'):
            hello += connection.recv(4096)
        return connection, hello.decode().rstrip('\n')


class AdapterTest(TestCase):
    """A test with an adapter process, initialized: that of the test before, if it is as good as new."""

    script = PLAIN
    patch = False
    database: Optional[Message] = None
    kept: ClassVar[Optional[Adapter]] = None
    initialized: ClassVar[Message]

    @classmethod
    def tearDownClass(cls) -> None:
        if cls.kept is not None:
            cls.kept.kill()
            cls.kept = None

    def setUp(self) -> None:
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.gates = Gates()
        self.addCleanup(self.gates.server.close)
        self.adapter = self.kept if self.kept is not None and self.is_as_new(self.kept) else self.renew()

    def renew(self) -> Adapter:
        self.tearDownClass()
        adapter = type(self).kept = Adapter(self.script)
        type(self).initialized = adapter.request('initialize', {'protocol': 1, 'patch': self.patch, 'pool': POOL})
        self.assertIn('result', self.initialized)
        return adapter

    def is_as_new(self, adapter: Adapter) -> bool:
        """Whether it runs an empty program, and says nothing else: a test that failed may have left something to come."""
        if adapter.process.poll() is not None:
            return False
        try:
            nothing = adapter.request('run', self.params({'threads': {'main': {'steps': []}}}))
        except OSError:
            return False
        return nothing.get('result') == {'events': 0, 'unfinished': 0}

    def start(self) -> Adapter:
        adapter = Adapter(self.script)
        self.addCleanup(adapter.kill)
        return adapter

    def params(self, program: Message, run: str = 'r1') -> Message:
        gates = {'host': '127.0.0.1', 'port': self.gates.port}
        params = {'run': run, 'nonce': NONCE, 'program': program, 'gates': gates, 'folder': self.folder}
        return {**params, 'database': self.database} if self.database else params

    def make_pipe(self, gate: str) -> str:
        pipe = os.path.join(self.folder, f'pipe-{gate}')
        os.mkfifo(pipe)
        return pipe

    def open_pipe(self, pipe: str) -> int:
        """Waits until the adapter reads a named pipe; gives the end to write to."""
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            try:
                return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as error:
                if error.errno != errno.ENXIO:
                    raise
                os.sched_yield()
        raise TimeoutError(f'nobody reads {pipe}; standard error says:\n{self.adapter.log()}')

    def begin(self, main: Steps, variables: Optional[Message] = None, **threads: Any) -> None:
        """Sends a program whose green threads are given by name: lists of steps, or `{steps, count}`."""
        definitions = {name: thread if isinstance(thread, dict) else {'steps': thread} for name, thread in threads.items()}
        program: Message = {'threads': {'main': {'steps': main}, **definitions}}
        if variables is not None:
            program['variables'] = variables
        self.adapter.send('run', self.params(program))

    def end(self) -> Tuple[List[Message], Message]:
        """The events that are left and the result."""
        events, answer = self.adapter.events_and_answer()
        self.assertIn('result', answer, answer)
        return events, answer['result']

    def run_program(self, main: Steps, variables: Optional[Message] = None, **threads: Any) -> List[Message]:
        """Runs a program to its end; gives its events. None of its green threads may be left."""
        self.begin(main, variables, **threads)
        events, result = self.end()
        self.assertEqual(result, {'events': len(events), 'unfinished': 0})
        return events

    def refusal(self, program: Message) -> Message:
        """The error that answers a program."""
        answer = self.adapter.request('run', self.params(program))
        self.assertIn('error', answer, answer)
        error: Message = answer['error']
        return error


def step(do: str, label: Optional[str] = None, **fields: Any) -> Message:
    """A step; `from_` and `is_` are the fields whose names are Python's own words."""
    labelled = {'do': do} if label is None else {'do': do, 'label': label}
    return {**labelled, **{name.rstrip('_'): value for name, value in fields.items()}}


def value_of(events: List[Message], label: str) -> Any:
    return next(event['value'] for event in events if event['label'] == label and event['phase'] == 'finished')


def code_of(events: List[Message], label: str) -> Any:
    return next(event['error']['code'] for event in events if event['label'] == label and event['phase'] == 'raised')


def phases(events: List[Message]) -> List[str]:
    """The events in short: `main nap started`."""
    return [f'{event["thread"]} {event["label"]} {event["phase"]}' for event in events]
