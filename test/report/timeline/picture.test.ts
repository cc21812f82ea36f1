import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Program } from '../../../src/program/program';
import { DrawnRecord } from '../../../src/report/timeline/drawn-record';
import { type Picture, pictureOf } from '../../../src/report/timeline/picture';
import { record } from '../../trace/record';

const PROGRAM: Program = {
  threads: {
    main: { steps: [{ do: 'join', label: 'end', thread: 'subject' }] },
    subject: {
      steps: [
        { do: 'query', label: 'it', connection: 'c', sql: 'SELECT 1' },
        {
          ...{ do: 'synchronized', label: 'section', name: 'one' },
          steps: [{ do: 'sleep', label: 'nap', seconds: 0, through: 'library' }],
        },
      ],
    },
    ready: { steps: [] },
  },
};
const BLOCKED = `
  * held advisory
  main end started
  subject#1 it started
  * server waiting advisory
  * opened inbox messenger#1 t0ken
  * watched blocked
  * released advisory
  subject#1 it finished [[1]]
  subject#1 section started
  subject#1 section entered
  subject#1 nap started
  subject#1 nap raised Oops
  subject#1 section finished
  messenger#1 inbox finished "t0ken"
`;

function picture(trace: string, against: readonly number[] = []): Picture {
  return pictureOf(record({ program: PROGRAM }, trace), against);
}

/** `kind text from-to`, of the bars of a lane. */
function barsOf({ lanes, bars }: Picture, title: string): string[] {
  return bars
    .filter(({ lane }) => lanes[lane]?.title === title)
    .map(({ kind, text, from, to, open }) => `${kind} ${text} ${from}-${to}${open ? ' open' : ''}`);
}

describe('a picture', () => {
  test('has a lane for each green thread, in the order in which they are heard of, and then those of the witnesses', () => {
    const titles = picture(BLOCKED).lanes.map(({ title }) => title);
    assert.deepEqual(titles, ['main', 'subject#1', 'messenger#1', 'kernel: the OS thread', 'MySQL', 'suite and gates']);
  });

  test('has no lane for a witness that was not asked', () => {
    const titles = picture('main end started').lanes.map(({ title }) => title);
    assert.deepEqual(titles, ['main', 'suite and gates']);
  });

  test('draws steps from where they started to where they ended, one in the other, and those that never ended as open', () => {
    const drawn = picture(BLOCKED);
    assert.deepEqual(barsOf(drawn, 'subject#1'), ['step query 2-7', 'step lock one 8-12', 'step sleep(0) 10-11']);
    assert.deepEqual(barsOf(drawn, 'main'), ['step waits for subject to end 1-13 open']);
  });

  test('shows what the kernel and the server saw for as long as they saw it', () => {
    const drawn = picture(BLOCKED);
    assert.deepEqual(barsOf(drawn, 'kernel: the OS thread'), ['asleep asleep, a byte unread 4-5']);
    assert.deepEqual(barsOf(drawn, 'MySQL'), ['waiting waits 3-5', 'executing answers 6-7']);
    assert.deepEqual(barsOf(drawn, 'suite and gates'), ['held the suite holds a lock 0-6']);
  });

  test('ties a gate to the green thread that it lets through', () => {
    const { marks, lanes } = picture(BLOCKED);
    const [tie] = marks.filter(({ to }) => to !== undefined);
    assert.deepEqual([tie?.kind, tie?.at, lanes[tie?.to ?? 0]?.title], ['opened', 4, 'messenger#1']);
    assert.deepEqual(
      marks.filter(({ to }) => to === undefined).map(({ kind, at }) => [kind, at]),
      [
        ['entered', 9],
        ['raised', 11],
      ],
    );
  });

  test('marks what contradicts a claim', () => {
    const marked = picture(BLOCKED, [3]).columns.filter(({ contradicts }) => contradicts);
    assert.deepEqual(
      marked.map(({ n, who, text }) => [n, who, text]),
      [[3, 'subject#1', 'it finished [[1]]']],
    );
  });

  test('lets many of a kind share a lane, but not those that contradict', () => {
    const many = Array.from({ length: 40 }, (_, i) => `ready#${i + 1} it started`).join('\n');
    const titles = picture(many, [30]).lanes.map(({ title }) => title);
    assert.deepEqual(titles, ['ready#1', 'ready#2', 'ready#3', 'ready#30', '36 more ready', 'suite and gates']);
  });

  test('of a long run leaves out what is neither its beginning, nor its end, nor near what contradicts', () => {
    const long = Array.from({ length: 3000 }, (_, i) => `ready#${i + 1} it started`).join('\n');
    const { columns, leftOut } = picture(long, [1500]);
    assert.ok(columns.length <= 100);
    assert.equal(columns.length + leftOut, 3000);
    const numbers = columns.map(({ n }) => n);
    assert.deepEqual([numbers[0], numbers.at(-1)], [1, 3000]);
    for (const near of [1490, 1500, 1510]) assert.ok(numbers.includes(near), `${near} is shown`);
    const skipped = columns.reduce((sum, column) => sum + column.skipped, 0);
    assert.equal(skipped, leftOut, 'each place tells how much is left out there');
  });

  test('that is asked of a record of the suite can be drawn, and of anything else is refused', () => {
    const made = record({ program: PROGRAM }, BLOCKED);
    assert.ok(DrawnRecord.safeParse(JSON.parse(JSON.stringify(made))).success);
    for (const strange of [null, {}, { ...made, entries: [{ kind: 'magic' }] }, { ...made, program: 3 }])
      assert.ok(!DrawnRecord.safeParse(strange).success);
  });
});
