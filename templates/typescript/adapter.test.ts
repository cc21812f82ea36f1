// Says a few lines to the adapter and looks at what comes back: node --test
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { test } from 'node:test';

const program = { threads: { main: { steps: [{ do: 'set', label: 'it', variable: 'x', value: 7 }] } } };
const run = { run: 'r1', nonce: '0'.repeat(16), program, gates: { host: '127.0.0.1', port: 1 }, folder: '/nowhere' };

test('it runs a program and reports its steps', async () => {
  const adapter = spawn(process.execPath, [join(import.meta.dirname, 'adapter.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: adapter.stdout })[Symbol.asyncIterator]();
  const send = (id: number, method: string, params?: unknown) =>
    adapter.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
  const next = async () => JSON.parse(String((await lines.next()).value));
  send(1, 'initialize', { protocol: 1, patch: false, pool: 4 });
  assert.equal((await next()).result.protocol, 1);
  send(2, 'run', run);
  assert.equal((await next()).params.phase, 'started');
  assert.equal((await next()).params.value, 7);
  assert.deepEqual((await next()).result, { events: 2, unfinished: 0 });
  adapter.stdin.end();
});
