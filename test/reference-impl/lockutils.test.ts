// biome-ignore-all lint/correctness/useYield: not every green thread here waits
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import ts from 'typescript';
import { type Green, sleep, spawn } from '../../reference-impl/greenthread';
import { synchronized } from '../../reference-impl/lockutils';
import type * as decorated from './decorated';
import { run, together } from './green';

test('an update without a lock is lost, and with it is not', async () => {
  const counter = { plain: 0, locked: 0 };
  function* add(field: 'plain' | 'locked'): Green<void> {
    const before = counter[field];
    yield* sleep(0);
    counter[field] = before + 1;
  }
  await together(
    () => add('plain'),
    () => add('plain'),
    () => synchronized('counter')(add)('locked'),
    () => synchronized('counter')(add)('locked'),
  );
  assert.deepEqual(counter, { plain: 1, locked: 2 });
});

test('sections under one name never overlap, and are entered in the order of asking', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { minLength: 1, maxLength: 8 }), async (switches) => {
      let inside = 0;
      const entered: number[] = [];
      await together(
        ...switches.map((count, thread) =>
          synchronized('one')(function* () {
            assert.equal(++inside, 1);
            entered.push(thread);
            for (let i = 0; i < count; i++) yield* sleep(0);
            inside -= 1;
          }),
        ),
      );
      assert.deepEqual(
        entered,
        switches.map((_, thread) => thread),
      );
    }),
    { numRuns: 50 },
  );
});

test('who comes back for the lock stands behind those who wait', async () => {
  const entered: string[] = [];
  const section = (name: string) =>
    synchronized('queue')(function* () {
      entered.push(name);
      yield* sleep(0);
    })();
  await together(
    function* () {
      yield* section('first');
      yield* section('first again');
    },
    () => section('second'),
    () => section('third'),
  );
  assert.deepEqual(entered, ['first', 'second', 'third', 'first again']);
});

test('sections under two names overlap', async () => {
  let inside = 0;
  let most = 0;
  const section = function* (): Green<void> {
    most = Math.max(most, ++inside);
    yield* sleep(0);
    inside -= 1;
  };
  await together(synchronized('left')(section), synchronized('right')(section));
  assert.equal(most, 2);
});

test('a section that throws leaves the lock free', async () => {
  const after = await run(function* () {
    const failing = spawn(
      synchronized('fragile')(function* (): Green<void> {
        yield* sleep(0);
        throw new Error('inside');
      }),
    );
    const next = spawn(
      synchronized('fragile')(function* () {
        return 'entered';
      }),
    );
    try {
      yield* failing.wait();
      assert.fail('it throws');
    } catch (error) {
      assert.match(String(error), /inside/);
    }
    return yield* next.wait();
  });
  assert.equal(after, 'entered');
});

test('who holds the lock waits for itself when asking again', async () => {
  let twice = false;
  await run(function* () {
    spawn(
      synchronized('self')(function* (): Green<void> {
        yield* synchronized('self')(function* () {
          twice = true;
        })();
      }),
    );
    for (let i = 0; i < 20; i++) yield* sleep(0);
  });
  assert.equal(twice, false);
});

test('it is a decorator of methods', async () => {
  const { Account } = compiled();
  const account = new Account();
  const balances = await together(
    () => account.deposit(5),
    () => account.deposit(7),
  );
  assert.deepEqual(balances, [5, 12]);
  assert.equal(account.balance, 12);
});

/** The module decorated.ts as TypeScript itself compiles it. */
function compiled(): typeof decorated {
  const file = join(__dirname, 'decorated.ts');
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const exports = {} as typeof decorated;
  new Function('require', 'exports', outputText)(createRequire(file), exports);
  return exports;
}
