"""Says a few lines to the adapter and looks at what comes back: python -m unittest"""

import json
import os
import subprocess
import sys
import tempfile
import unittest

ADAPTER = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'adapter.py')
PROGRAM = {'threads': {'main': {'steps': [{'do': 'set', 'label': 'it', 'variable': 'x', 'value': 7}]}}}


class AdapterTest(unittest.TestCase):
    def test_runs_a_program_and_reports_its_steps(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            run = {'run': 'r1', 'nonce': '0' * 16, 'program': PROGRAM, 'gates': {'host': '127.0.0.1', 'port': 1}, 'folder': folder}
            requests = [
                ('initialize', {'protocol': 1, 'patch': False, 'pool': 4}),
                ('run', run),
                ('shutdown', None),
            ]
            lines = [json.dumps({'jsonrpc': '2.0', 'id': i, 'method': method, 'params': params}) for i, (method, params) in enumerate(requests)]
            done = subprocess.run([sys.executable, ADAPTER], input='\n'.join(lines) + '\n', stdout=subprocess.PIPE, universal_newlines=True, check=True)
        messages = [json.loads(line) for line in done.stdout.splitlines()]
        events = [message['params'] for message in messages if message.get('method') == 'event']
        self.assertEqual([(event['n'], event['phase'], event.get('value')) for event in events], [(1, 'started', None), (2, 'finished', 7)])
        self.assertEqual([message['result'] for message in messages if message.get('id') in (1, 2)], [{'events': 2, 'unfinished': 0}, {}])


if __name__ == '__main__':
    unittest.main()
