import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { BASE_IMAGE, engineHas, ownContainers } from '../runtime/containers';
import { marked, until } from '../runtime/support';
import { Greenspec } from './support';

const SCRIPTED = require.resolve('../fixtures/adapters/scripted.js');

/** The engine is asked for; without a server there is less to wait for. */
const ENV = { DOCKER_HOST: process.env.DOCKER_HOST };
const SERVERLESS = ['--mysql', 'mysql://me@127.0.0.1:1/there'];

/** A greenspec with a runtime in a container, by its configuration or by a command of the user's own. */
function boxed(
  t: TestContext,
  misbehaviour: string,
  by: 'container' | 'command',
): { greenspec: Greenspec; ids(): string[] } {
  const greenspec = new Greenspec(t);
  const { options, ids } = ownContainers(t, greenspec.marks);
  const command = [process.execPath, SCRIPTED, misbehaviour, greenspec.marks];
  const own = ['docker', 'run', '--rm', '-i', '--network', 'host'];
  const runtime =
    by === 'container'
      ? { container: { image: BASE_IMAGE, command, options } }
      : { command: [...own, ...options, BASE_IMAGE, ...command] };
  greenspec.file('greenspec.config.json', JSON.stringify({ runtimes: { boxed: runtime }, reports: 'reports' }));
  return { greenspec, ids };
}

if (engineHas(BASE_IMAGE))
  for (const by of ['container', 'command'] as const)
    describe(`a runtime in a container, by a ${by}`, { concurrency: 2 }, () => {
      test('is judged by what the kernel saw', async (t) => {
        const { greenspec, ids } = boxed(t, 'none', by);
        const { code, output } = await greenspec.run(['run', 'boxed', '--tags', '@TM-2 or @TM-3', ...SERVERLESS], ENV);
        assert.equal(code, 0, output);
        assert.match(output, /pass {2}TM-3[\s\S]*boxed conforms/);
        assert.deepEqual(ids(), []);
        await greenspec.nothingLeft();
      });

      for (const signal of ['SIGINT', 'SIGKILL'] as const)
        test(`that hangs is ended when greenspec is ended with ${signal}`, async (t) => {
          const { greenspec, ids } = boxed(t, 'compute-at second run', by);
          greenspec.start(['run', 'boxed', '--tags', '@TM-2', ...SERVERLESS], ENV);
          await marked(greenspec.marks, 'second');
          assert.ok(ids().length > 0);
          greenspec.signal(signal);
          await greenspec.end();
          await until('no container is left', () => ids().length === 0);
          await greenspec.nothingLeft();
        });
    });
