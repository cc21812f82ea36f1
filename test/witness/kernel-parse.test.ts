import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Clocks,
  type Connection,
  connectionsTo,
  KernelWitness,
  timeIn,
  timeOutOf,
} from '../../src/witness/kernel';

const FOREVER = Number.POSITIVE_INFINITY;
const POINTER = '0x7ffc4d3a1b20';

/** A line of /proc/PID/task/TID/syscall: the number, six arguments, and where the stack and the program stand. */
function line(number: number, args: Record<number, string>): string {
  const words = [0, 1, 2, 3, 4, 5].map((i) => args[i] ?? '0x0');
  return `${number} ${words.join(' ')} 0x7ffc4d3a1a00 0x7f2e9b1a2c3d\n`;
}

/** A process of which nobody may read the memory, or tell the clock. */
const unreadable: Clocks = { timeAt: () => undefined, monotonic: () => undefined, realTime: () => 0 };

/** Which argument of which system call says when it gives up. */
const CALLS = {
  x64: {
    milliseconds: { 7: 2, 232: 3, 281: 3 },
    pointer: { 23: 4, 202: 3, 270: 4, 271: 2, 441: 3 },
    futex: 202,
    never: [0, 2, 45, 61, 257],
  },
  arm64: { milliseconds: { 22: 3 }, pointer: { 72: 4, 73: 2, 98: 3, 441: 3 }, futex: 98, never: [56, 63, 207] },
} as const;

for (const arch of ['x64', 'arm64'] as const)
  describe(`the time-out of a system call on ${arch}`, () => {
    const { milliseconds, pointer, futex, never } = CALLS[arch];

    test('is told in milliseconds, or without end', () => {
      for (const [number, argument] of Object.entries(milliseconds)) {
        const of = (value: string): number | undefined =>
          timeOutOf(line(Number(number), { [argument]: value }), arch, unreadable);
        assert.equal(of('0x0'), 0);
        assert.equal(of('0x50'), 80);
        assert.equal(of('0xea60'), 60_000);
        assert.equal(of('0x7fffffff'), 2 ** 31 - 1);
        assert.equal(of('0xffffffff'), FOREVER);
      }
    });

    test('behind a pointer is unknown, and without end if there is none', () => {
      for (const [number, argument] of Object.entries(pointer)) {
        assert.equal(timeOutOf(line(Number(number), { [argument]: POINTER }), arch, unreadable), undefined);
        assert.equal(timeOutOf(line(Number(number), { [argument]: '0x0' }), arch, unreadable), FOREVER);
      }
    });

    test('of a futex is read: a span of time, or a point in time of one of two clocks', () => {
      const clocks: Clocks = {
        timeAt: (address) => (address === BigInt(POINTER) ? 60_000 : undefined),
        monotonic: () => 59_000,
        realTime: () => 57_000,
      };
      const of = (operation: string, told = clocks): number | undefined =>
        timeOutOf(line(futex, { 1: operation, 3: POINTER }), arch, told);
      for (const wait of ['0x0', '0x80']) assert.equal(of(wait), 60_000);
      for (const waitBitset of ['0x9', '0x89']) {
        assert.equal(of(waitBitset), 1000);
        assert.equal(of(waitBitset, { ...clocks, monotonic: () => 61_000 }), 0);
        assert.equal(of(waitBitset, { ...clocks, monotonic: () => undefined }), undefined);
        assert.equal(of(waitBitset, unreadable), undefined);
      }
      assert.equal(of('0x189'), 3000);
      assert.equal(of('0x1'), undefined);
    });

    test('is none where the call waits as long as it takes', () => {
      for (const number of never)
        assert.equal(timeOutOf(line(number, { 0: '0x7', 3: POINTER }), arch, unreadable), FOREVER);
    });

    test('is unknown of a call that is not known, and of a thread that runs', () => {
      const known = [...Object.keys(milliseconds), ...Object.keys(pointer), ...never].map(Number);
      fc.assert(
        fc.property(fc.nat(600), (number) => {
          const told = timeOutOf(line(number, {}), arch, unreadable);
          if (!known.includes(number)) assert.equal(told, undefined);
          else assert.notEqual(told, undefined);
        }),
      );
      for (const text of ['running\n', '-1 0x7ffc4d3a1a00 0x7f2e9b1a2c3d\n'])
        assert.equal(timeOutOf(text, arch, unreadable), undefined);
    });
  });

test('an empty line tells nothing', () => {
  assert.equal(timeOutOf('', 'x64', unreadable), undefined);
});

test('a time-out of -1 in all 64 bits of its register is without end', () => {
  assert.equal(timeOutOf(line(232, { 3: '0xffffffffffffffff' }), 'x64', unreadable), FOREVER);
});

test('of another architecture nothing is known', () => {
  assert.equal(timeOutOf(line(0, {}), 'riscv64', unreadable), undefined);
});

const HEADER =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     ';
const row = (local: string, remote: string, queues: string): string =>
  `   0: ${local} ${remote} 01 ${queues} 00:00000000 00000000     0        0 44313 1 0000000000000000 20 4 30 10 -1`;

describe('the connections to a port', () => {
  const table = [
    HEADER,
    row('0100007F:A0F4', '0100007F:1267', '00000000:0000000D'),
    row('0100007F:A0F6', '0100007F:1267', '00000000:00000000'),
    row('0100007F:A0F8', '0100007F:1267', '0000000D:00000000'),
    row('0100007F:1267', '0100007F:A0F4', '00000000:0000000D'),
    row('0100007F:A0FA', '0100007F:0050', '00000000:00000010'),
    row('0100007F:A0FC', '0100007F:1267', '00000000:00000100'),
  ];
  const connections = (remotePort: number, lines = table): Connection[] => [...connectionsTo(remotePort, lines)];

  test('are told by the port at the near end, with the bytes that lie there unread', () => {
    assert.deepEqual(connections(0x1267), [
      { port: 0xa0f4, unread: 13 },
      { port: 0xa0f6, unread: 0 },
      { port: 0xa0f8, unread: 0 },
      { port: 0xa0fc, unread: 256 },
    ]);
    assert.deepEqual(connections(80), [{ port: 0xa0fa, unread: 16 }]);
  });

  test('are none where nobody is connected to it, or there is no table', () => {
    assert.deepEqual(connections(81), []);
    assert.deepEqual(connections(0x267), []);
    assert.deepEqual(connections(0x1267, [HEADER]), []);
    assert.deepEqual(connections(0x1267, []), []);
  });

  test('are found for every port and number', () => {
    const port = fc.integer({ min: 1, max: 65_535 });
    const hex = (value: number, width: number): string => value.toString(16).toUpperCase().padStart(width, '0');
    fc.assert(
      fc.property(port, port, fc.integer({ min: 0, max: 0x7fffffff }), (local, remote, unread) => {
        const one = row(`0100007F:${hex(local, 4)}`, `0100007F:${hex(remote, 4)}`, `00000000:${hex(unread, 8)}`);
        assert.deepEqual(connections(remote, [HEADER, one]), [{ port: local, unread }]);
      }),
    );
  });
});

describe('the line of a process', () => {
  const times = (user: number, system: number): string => `1 1 1 0 -1 4194304 1 0 0 0 ${user} ${system} 0 0 20 0 11`;

  test('tells its processor time in milliseconds', () => {
    assert.equal(timeIn(`17 (node) S ${times(12, 30)}`), 420);
  });

  test('whatever its name is', () => {
    assert.equal(timeIn(`17 (a) R 9 (b) R ${times(1, 0)}`), 10);
  });

  test('of a process that is gone is none', () => {
    assert.equal(timeIn(undefined), 0);
    assert.equal(new KernelWitness(2 ** 22 + 1).runs(), false);
    assert.equal(new KernelWitness(2 ** 22 + 1).processorTime(), 0);
  });

  test('of this one, while it reads it, says that it runs', () => {
    const own = new KernelWitness(process.pid);
    assert.equal(own.runs(), process.platform === 'linux');
    const before = own.processorTime();
    while (own.processorTime() === before && process.platform === 'linux');
  });
});
