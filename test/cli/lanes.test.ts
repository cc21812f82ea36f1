import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inLanes } from '../../src/cli/lanes';

/** Work that ends when it is told to. */
class Works {
  readonly begun: string[] = [];
  readonly #ends = new Map<string, { resolve: (result: string) => void; reject: (error: Error) => void }>();

  readonly do = (item: string): Promise<string> => {
    this.begun.push(item);
    return new Promise((resolve, reject) => this.#ends.set(item, { resolve, reject }));
  };

  async end(item: string): Promise<void> {
    this.#ends.get(item)?.resolve(item.toUpperCase());
    await settled();
  }

  async fail(item: string): Promise<void> {
    this.#ends.get(item)?.reject(new Error(item));
    await settled();
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('work in lanes', () => {
  test('so many are at work at a time, in their order', async () => {
    const works = new Works();
    const all = inLanes(2, ['a', 'b', 'c'], works.do);
    assert.deepEqual(works.begun, ['a', 'b']);
    await works.end('b');
    assert.deepEqual(works.begun, ['a', 'b', 'c']);
    await works.end('c');
    await works.end('a');
    assert.deepEqual(await all, ['A', 'B', 'C']);
  });

  test('more lanes than work', async () => {
    assert.deepEqual(await inLanes(9, ['a'], async (item) => item), ['a']);
    assert.deepEqual(await inLanes(9, [], async (item) => item), []);
  });

  test('an error is thrown when all that were begun have come to their end, and no more are', async () => {
    const works = new Works();
    let over = false;
    const all = inLanes(2, ['a', 'b', 'c'], works.do).finally(() => {
      over = true;
    });
    all.catch(() => {});
    await works.fail('a');
    assert.deepEqual([works.begun, over], [['a', 'b'], false]);
    await works.end('b');
    await assert.rejects(all, /^Error: a$/);
    assert.deepEqual(works.begun, ['a', 'b']);
  });
});
