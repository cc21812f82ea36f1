// biome-ignore-all lint/correctness/useYield: some of what the SDK lets wait does not
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Awaits } from '../../src/sdk/promises';
import type { Conversation, Op } from '../../src/sdk/runtime';

/** A line-wise conversation over a socket of Node's. */
export function* converse(host: string, port: number): Op<Awaits, Conversation<Awaits>> {
  const socket = connect({ host, port, noDelay: true }).setEncoding('utf8');
  yield once(socket, 'connect'); // rejects with the error that comes instead
  const chunks: AsyncIterator<string> = socket[Symbol.asyncIterator]();
  let received = '';

  return {
    *send(line) {
      socket.write(`${line}\n`);
      if (socket.writableNeedDrain) yield once(socket, 'drain');
    },
    *receive() {
      while (!received.includes('\n')) {
        const chunk = (yield next(chunks)) as string | null;
        if (chunk === null) return null;
        received += chunk;
      }
      const end = received.indexOf('\n');
      const line = received.slice(0, end);
      received = received.slice(end + 1);
      return line;
    },
    *close() {
      socket.destroy();
    },
  };
}

/** What comes next; null where the connection ended instead, in order or not. */
async function next(chunks: AsyncIterator<string>): Promise<string | null> {
  try {
    const { done, value } = await chunks.next();
    return done ? null : value;
  } catch {
    return null;
  }
}
