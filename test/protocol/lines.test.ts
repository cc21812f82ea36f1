import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readLines } from '../../src/protocol/lines';

interface Came {
  readonly lines: string[];
  readonly tooLong: number[];
  readonly rest: string[];
}

/** What comes of bytes that arrive in these pieces. */
async function read(pieces: readonly Buffer[], limit = 1000): Promise<Came> {
  const came: Came = { lines: [], tooLong: [], rest: [] };
  const stream = Readable.from(pieces, { objectMode: false });
  const ended = new Promise((resolve) => stream.once('end', resolve));
  readLines(stream, limit, {
    line: (line) => came.lines.push(line),
    tooLong: (bytes) => came.tooLong.push(bytes),
    end: (rest) => came.rest.push(rest),
  });
  await ended;
  return came;
}

/** The same bytes, cut at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end));
}

/** Any characters but the end of a line: of one byte to four. */
const text = fc.string({ unit: 'binary', maxLength: 20 }).map((line) => line.replaceAll('\n', ''));
const places = fc.array(fc.nat(1000), { maxLength: 30 });

describe('lines', () => {
  test('come whole, wherever the bytes are cut, in the midst of a character too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text), text, places, async (lines, rest, cuts) => {
        const bytes = Buffer.from([...lines.map((line) => `${line}\n`), rest].join(''));
        assert.deepEqual(await read(cut(bytes, cuts)), { lines, tooLong: [], rest: [rest] });
      }),
    );
  });

  test('come whole, byte by byte', async () => {
    const bytes = Buffer.from('{"a":"ä€😀"}\n\n…\nhalf a 😀');
    assert.deepEqual(await read([...bytes].map((byte) => Buffer.from([byte]))), {
      lines: ['{"a":"ä€😀"}', '', '…'],
      tooLong: [],
      rest: ['half a 😀'],
    });
  });

  test('are ended by LF alone', async () => {
    assert.deepEqual((await read([Buffer.from('a\rb\u2028c\r\nd\n')])).lines, ['a\rb\u2028c\r', 'd']);
  });

  test('of nothing are none, and the rest is empty', async () => {
    assert.deepEqual(await read([]), { lines: [], tooLong: [], rest: [''] });
  });
});

describe('a line that is too long', () => {
  test('is told of once, and nothing is read after it, wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(20),
        fc.integer({ min: 1, max: 50 }),
        fc.boolean(),
        places,
        async (limit, more, ended, cuts) => {
          const bytes = Buffer.from(`${'a'.repeat(limit)}\n${'b'.repeat(limit + more)}${ended ? '\nc\n' : ''}`);
          const { lines, tooLong, rest } = await read(cut(bytes, cuts), limit);
          assert.deepEqual(lines, ['a'.repeat(limit)]);
          assert.equal(tooLong.length, 1);
          assert.ok((tooLong[0] ?? 0) > limit);
          assert.deepEqual(rest, []);
        },
      ),
    );
  });

  test('is measured in bytes, not in characters', async () => {
    assert.deepEqual((await read([Buffer.from('€€€\n')], 9)).lines, ['€€€']);
    assert.deepEqual((await read([Buffer.from('€€€\n')], 8)).tooLong, [9]);
  });

  test('is refused before its end has come', async () => {
    assert.deepEqual(await read([Buffer.from('abc'), Buffer.from('def')], 5), { lines: [], tooLong: [6], rest: [] });
  });
});
