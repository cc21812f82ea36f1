"""An adapter without an SDK, on Python's threads: to be read, and written anew in your language.

From top to bottom: the way out, the answers, the check of a program, its green threads, its steps.
"""

import json
import os
import socket
import sys
import threading
import time

LINE_LIMIT = 1024 * 1024
EVENT_LIMIT = 4096

# The way out. Descriptor 1 is for messages alone: keep it, and let whatever is printed go to standard error.
OUTPUT = os.dup(1)
os.dup2(2, 1)
WRITING = threading.Lock()


def write(data):
    while data:
        data = data[os.write(OUTPUT, data) :]


def encoded(message):
    return (json.dumps({'jsonrpc': '2.0', **message}, separators=(',', ':')) + '\n').encode()


class Refusal(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


# The answers.

CAPABILITIES = (
    'spawn join return raise attempt sleep/library compute wait/green call touch/file get set when repeat until patch/off'
).split()
initialized = False


def initialize(params):
    global initialized
    if initialized:
        raise Refusal(-32600, 'initialize comes once')
    if not isinstance(params, dict) or type(params.get('protocol')) is not int or type(params.get('patch')) is not bool:
        raise Refusal(-32602, 'initialize takes a protocol and a patch')
    if params['protocol'] < 1:
        raise Refusal(-32001, 'this adapter speaks version 1')
    if params['patch']:
        raise Refusal(-32002, 'there is nothing to patch')
    initialized = True
    version = '%d.%d.%d' % sys.version_info[:3]
    runtime = {
        'name': 'mine',
        'version': version,
        'language': {'name': 'python', 'version': version},
        'lock': {'name': 'none', 'standIn': True},
        'drivers': {},
        'components': {},
    }
    return {'protocol': 1, 'runtime': runtime, 'patched': False, 'pid': os.getpid(), 'capabilities': CAPABILITIES}


def answer(line):
    identifier = None
    try:
        try:
            request = json.loads(line.decode('utf-8'))
        except ValueError:
            raise Refusal(-32700, 'a line that is not JSON')
        if not isinstance(request, dict) or type(request.get('id')) is not int or not isinstance(request.get('method'), str):
            raise Refusal(-32600, 'a request has an id and a method')
        identifier, method, params = request['id'], request['method'], request.get('params')
        if method == 'initialize':
            return {'id': identifier, 'result': initialize(params)}
        if method == 'run':
            if not initialized:
                raise Refusal(-32600, 'initialize comes first')
            check(params['program'])
            return {'id': identifier, 'result': Run(params).go()}
        if method == 'shutdown':
            write(encoded({'id': identifier, 'result': {}}))
            os._exit(0)
        raise Refusal(-32601, 'there is no method ' + method)
    except Refusal as refusal:
        return {'id': identifier, 'error': {'code': refusal.code, 'message': str(refusal)}}


# The check of a program, before anything of it is run.

FIELDS = {
    'spawn': {'thread': str},
    'join': {'thread': str},
    'return': {'value': object},
    'raise': {'error': str},
    'attempt': {'steps': list},
    'sleep': {'through': str},
    'compute': {'until': str},
    'wait': {'label': str, 'gate': str, 'through': str},
    'call': {'depth': int, 'steps': list},
    'touch': {'what': str},
    'get': {'variable': str},
    'set': {'variable': str},
    'when': {'local': str, 'is': object, 'steps': list},
    'repeat': {'times': int, 'steps': list},
    'until': {'variable': str, 'is': object, 'steps': list},
}


def check(program):
    if 'main' not in program['threads']:
        raise Refusal(-32602, 'a program has a green thread named main')
    for thread in program['threads'].values():
        check_steps(thread['steps'], program['threads'])


def check_steps(steps, threads):
    for step in steps:
        do = step.get('do')
        word = word_of(step)
        if do not in FIELDS or word not in CAPABILITIES:
            raise Refusal(-32602, 'there is no %s here' % word)
        for name, kind in FIELDS[do].items():
            if name not in step or not isinstance(step[name], kind):
                raise Refusal(-32602, '%s: %s is missing, or of another type' % (do, name))
        if 'thread' in step and step['thread'] not in threads:
            raise Refusal(-32602, 'there is no green thread ' + step['thread'])
        check_steps(step.get('steps', []), threads)


def word_of(step):
    """What a step takes, in the words of the capabilities."""
    if step.get('do') == 'sleep' and step.get('seconds', 0) < 0:
        return 'sleep/negative'
    kinds = [step[name] for name in ('through', 'via', 'lock', 'driver', 'what') if name in step]
    return '/'.join([str(step.get('do'))] + kinds)


# One run, with all that belongs to it.


class Returned(BaseException):
    def __init__(self, value):
        self.value = value


class StepError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def code_of(error):
    return error.code if isinstance(error, StepError) else type(error).__name__


class GreenThread:
    def __init__(self, name):
        self.name = name
        self.locals = {}
        self.started = 0
        self.value = self.error = self.handle = None


class Run:
    def __init__(self, params):
        self.params = params
        self.threads = params['program']['threads']
        self.variables = dict(params['program'].get('variables', {}))
        self.instances = {name: [] for name in self.threads}
        self.unfinished = set()
        self.n = 0
        self.over = False

    def go(self):
        try:
            self.steps(self.threads['main']['steps'], GreenThread('main'))
        except (Returned, Exception):
            pass  # A labelled step has reported it.
        with WRITING:
            self.over = True
            return {'events': self.n, 'unfinished': len(self.unfinished)}

    # Numbered and written under one lock, at once: that is what makes the order of events worth something.
    def event(self, thread, label, phase, **more):
        with WRITING:
            if self.over:
                return self.n
            self.n += 1
            os_thread = threading.get_native_id()
            event = {'run': self.params['run'], 'n': self.n, 'thread': thread, 'os': os_thread, 'label': label, 'phase': phase, **more}
            line = encoded({'method': 'event', 'params': event})
            if len(line) > EVENT_LIMIT:
                value = event['value']
                text = value if isinstance(value, str) else json.dumps(value)
                while len(line) > EVENT_LIMIT:
                    text = text[: len(text) * 9 // 10]
                    line = encoded({'method': 'event', 'params': {**event, 'value': text + '…'}})
            write(line)
            return self.n

    def steps(self, steps, me):
        for step in steps:
            value = self.reported(step, me) if 'label' in step else self.step(step, me)
            if 'into' in step:
                me.locals[step['into']] = value

    def reported(self, step, me):
        me.started = self.event(me.name, step['label'], 'started')
        try:
            value = self.step(step, me)
        except Returned:
            self.event(me.name, step['label'], 'finished', value=None)
            raise
        except Exception as error:
            self.event(me.name, step['label'], 'raised', error={'code': code_of(error), 'message': str(error)[:500]})
            raise
        self.event(me.name, step['label'], 'finished', value=value)
        return value

    def step(self, step, me):
        return getattr(self, 'do_' + step['do'])(step, me)

    def do_spawn(self, step, me):
        name = step['thread']
        for _ in range(step.get('count', self.threads[name].get('count', 1))):
            spawned = GreenThread('%s#%d' % (name, len(self.instances[name]) + 1))
            self.instances[name].append(spawned)
            self.unfinished.add(spawned)
            spawned.handle = threading.Thread(target=self.live, args=(name, spawned), daemon=True)
            spawned.handle.start()

    def live(self, name, me):
        try:
            self.steps(self.threads[name]['steps'], me)
        except Returned as end:
            me.value = end.value
        except Exception as error:
            me.error = error
        finally:
            self.unfinished.discard(me)

    def do_join(self, step, me):
        instances = list(self.instances[step['thread']])
        for joined in instances:
            joined.handle.join()
        for joined in instances:
            if joined.error is not None:
                raise joined.error
        values = [joined.value for joined in instances]
        return values if len(values) > 1 else values[0] if values else None

    def do_return(self, step, me):
        raise Returned(step['value'])

    def do_raise(self, step, me):
        raise StepError(step['error'])

    def do_attempt(self, step, me):
        try:
            self.steps(step['steps'], me)
        except Exception as error:
            return code_of(error)

    def do_sleep(self, step, me):
        time.sleep(*([step['seconds']] if 'seconds' in step else []))

    def raised(self, flag):
        return os.path.exists(os.path.join(self.params['folder'], 'flag-' + flag))

    def do_compute(self, step, me):
        number = 1
        while not self.raised(step['until']):
            for _ in range(3000):
                number = number * 31 % 65537

    def do_wait(self, step, me):
        gates = self.params['gates']
        with socket.create_connection((gates['host'], gates['port'])) as connection:
            connection.sendall(('%s %s %s %d\n' % (self.params['nonce'], step['gate'], me.name, me.started)).encode())
            received = b''
            while not received.endswith(b'\n'):
                try:
                    chunk = connection.recv(4096)
                except ConnectionError:
                    chunk = b''
                if not chunk:
                    raise StepError('gate-lost')
                received += chunk
            return received[:-1].decode()

    def do_call(self, step, me, depth=1):
        if depth < step['depth']:
            self.do_call(step, me, depth + 1)
        else:
            self.steps(step['steps'], me)

    def do_touch(self, step, me):
        with open(os.path.join(self.params['folder'], 'readable.txt'), encoding='utf-8') as file:
            return file.read()

    def do_get(self, step, me):
        return self.variables.get(step['variable'])

    def do_set(self, step, me):
        value = me.locals.get(step['from']) if 'from' in step else step.get('value')
        if 'plus' in step:
            if type(value) not in (int, float):
                raise StepError('not-a-number')
            value += step['plus']
        self.variables[step['variable']] = value
        return value

    def do_when(self, step, me):
        if same(me.locals.get(step['local']), step['is']):
            self.steps(step['steps'], me)

    def do_repeat(self, step, me):
        for _ in range(step['times']):
            self.steps(step['steps'], me)

    def do_until(self, step, me):
        while not same(self.variables.get(step['variable']), step['is']) and not ('unless' in step and self.raised(step['unless'])):
            self.steps(step['steps'], me)


def same(left, right):
    """As JSON compares: true is not 1."""
    return json.dumps(left) == json.dumps(right)


# The way in: bytes until LF, in as many pieces as they come.


def main():
    pending = b''
    while True:
        chunk = os.read(0, 65536)
        if not chunk:
            os._exit(0)
        *lines, pending = (pending + chunk).split(b'\n')
        for line in lines:
            write(encoded(answer(line)))
        if len(pending) > LINE_LIMIT:
            write(encoded({'id': None, 'error': {'code': -32600, 'message': 'a line of more than 1 MiB'}}))
            os._exit(1)


main()
