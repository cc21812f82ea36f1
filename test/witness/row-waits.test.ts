import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RowWait, standing } from '../../src/witness/row-waits';

/** Who waits for whom: `1>2 2>3`. */
function waits(text: string): RowWait[] {
  return text.split(' ').map((wait) => {
    const [waiter = 0, holder = 0] = wait.split('>').map(Number);
    return { id: waiter, query: '', waiter, holder };
  });
}

for (const [what, text, stand] of [
  ['one who waits for one who does not', '1>9', [1]],
  ['whoever waits for one who stands, too', '1>9 2>1', [1, 2]],
  ['nobody of a circle', '1>2 2>1', []],
  ['nobody who waits for one of a circle', '1>2 2>1 3>1 4>3', []],
  ['those beside a circle', '1>2 2>1 3>9', [3]],
  ['each once, however many are in its way', '1>8 1>9 2>8 2>1', [1, 2]],
  ['nobody of whose ways one leads to a circle', '1>9 1>2 2>3 3>2', []],
] as const)
  test(`of those who wait for rows, these stand until somebody lets go: ${what}`, () => {
    assert.deepEqual(
      standing(waits(text))
        .map(({ waiter }) => waiter)
        .sort(),
      stand,
    );
  });
