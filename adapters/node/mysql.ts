import type { Connection as Mysql2Connection } from 'mysql2/promise';
import type { Value } from '../../src/program/names';
import type { DatabaseAddress } from '../../src/protocol/messages';
import type { Awaits } from '../../src/sdk/promises';
import type { Connection, Op } from '../../src/sdk/runtime';

/** mysql2, which is JavaScript on Node's sockets. */
export function* connectMysql(address: DatabaseAddress): Op<Awaits, Connection<Awaits>> {
  const connection = (yield coded(open(address))) as Mysql2Connection;
  return {
    *query(sql) {
      const [result] = (yield coded(connection.query(sql))) as [unknown];
      return Array.isArray(result) ? result.map((row: unknown[]) => row.map(cell)) : null;
    },
    *close() {
      yield connection.end();
    },
  };
}

async function open(address: DatabaseAddress): Promise<Mysql2Connection> {
  // Loaded here, since that takes a tenth of a second and most programs need no database.
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({
    ...address,
    rowsAsArray: true,
    dateStrings: true,
    jsonStrings: true,
    supportBigNumbers: true, // integers beyond 2^53 as strings, decimals always
  });
  connection.on('error', () => {}); // the next call meets it
  await connection.query('SET autocommit = 1'); // a server may be configured otherwise
  return connection;
}

/** What a promise of mysql2's gives; its error with MySQL's number as its code, where it has one. */
async function coded<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    const { errno = 0, message } = error as NodeJS.ErrnoException;
    // Node's own errors have negative numbers.
    throw errno > 0 ? Object.assign(new Error(message, { cause: error }), { code: errno }) : error;
  }
}

function cell(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);
}
