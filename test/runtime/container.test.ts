import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Fault } from '../../src/fault/fault';
import { containerCommand } from '../../src/runtime/container-command';
import { openSession, type Session, type SessionOptions } from '../../src/session/session';
import { entriesOf, events } from '../../src/trace/questions';
import { BASE_IMAGE, engineHas, ownContainers } from './containers';
import { cutBy, NO_DATABASE, plan, run, scripted, until } from './support';

/** A client whose engine has made no container yet when it is first told to remove it, and makes it whether or not the client lives. */
const LATE_CLIENT = `#!/bin/sh
here=$(dirname "$0")
case $1 in
  run)
    shift
    touch "$here/asked"
    setsid sh -c 'here=$0
      while ! [ -e "$here/refused" ]; do sleep 0.01; done
      docker create "$@" >"$here/made.part"
      mv "$here/made.part" "$here/made"' "$here" "$@" &
    wait
    sleep 60
    ;;
  *)
    docker "$@"
    touch "$here/refused"
    ;;
esac
`;

interface Boxed extends Session {
  ids(): string[];
}

/** The scripted adapter in a container of its own, alone in it; it does not tell its number. */
async function open(
  t: TestContext,
  misbehaviour: string,
  options: SessionOptions = {},
  image = BASE_IMAGE,
): Promise<Boxed> {
  const { command, marks } = scripted(t, misbehaviour);
  const { options: own, ids } = ownContainers(t, marks);
  const container = { image, command: [command.command, ...command.args], options: own };
  const session = await openSession(containerCommand('boxed', container, marks), NO_DATABASE, options);
  t.after(() => session.close());
  return { ...session, ids };
}

if (engineHas(BASE_IMAGE))
  describe('a runtime in a container', { concurrency: 2 }, () => {
    test('is run and looked at as any other, and leaves no container', async (t) => {
      const session = await open(t, 'none');
      const steps = [{ do: 'set', label: 'write', variable: 'x', value: 1 } as const];
      const record = await run(session, plan(steps, [{ act: 'measure', as: 'seen', settled: false }]));
      assert.equal(record.end.kind, 'completed');
      const [seen] = entriesOf(record, 'kernel');
      const [written] = events(record);
      assert.ok(
        seen?.reading.threads.some(({ tid }) => tid === written?.os),
        JSON.stringify([seen, written]),
      );
      assert.ok(session.ids().length >= 1);
      assert.deepEqual(await session.close(), []);
      assert.deepEqual(session.ids(), []);
    });

    test('that sleeps on is stuck, and another container takes its place', async (t) => {
      const session = await open(t, 'sleep-at run');
      await session.bench.pool.take();
      const before = session.ids();
      const first = await run(session);
      assert.deepEqual(first.end, { kind: 'stuck', at: [{ thread: 'main', label: 'write' }] });
      assert.equal((await run(session)).end.kind, 'stuck');
      await until('the first container is gone', () => !session.ids().some((id) => before.includes(id)));
      await session.close();
      assert.deepEqual(session.ids(), []);
    });

    test('that computes on is given up, and its container ended with it', async (t) => {
      const session = await open(t, 'compute-at run', { deadline: 8000 });
      assert.match(cutBy(await run(session)).what, /had not ended after 8 s/);
      await session.close();
      assert.deepEqual(session.ids(), []);
    });

    test('that does not end when it is asked is ended', async (t) => {
      const session = await open(t, 'ignores shutdown');
      assert.equal((await run(session)).end.kind, 'completed');
      const faults = await session.close();
      assert.match(faults[0]?.facts.what ?? '', /did not end/);
      assert.deepEqual(session.ids(), []);
    });

    test('that the engine has not made yet when it is to end leaves none', async (t) => {
      const { command, marks } = scripted(t);
      const { options, ids } = ownContainers(t, marks);
      const container = { image: BASE_IMAGE, command: [command.command, ...command.args], options };
      const client = join(marks, 'docker');
      writeFileSync(client, LATE_CLIENT, { mode: 0o755 });
      const slow = { ...containerCommand('boxed', container, marks), command: client };
      const session = await openSession(slow, NO_DATABASE);
      await until('a container was asked for', () => existsSync(join(marks, 'asked')));
      await session.close();
      await until('the engine has made what it was asked for', () => existsSync(join(marks, 'made')));
      assert.deepEqual(ids(), []);
    });

    test('whose image is not to be had: the engine’s words are told', async (t) => {
      const session = await open(t, 'none', {}, 'greenspec.invalid/no-such:image');
      await assert.rejects(run(session), ({ facts }: Fault) => {
        assert.match(facts.what, /ended before it answered initialize/);
        assert.match(facts.came ?? '', /exit code 125[\s\S]*greenspec\.invalid\/no-such:image/);
        return true;
      });
      await session.close();
    });
  });
