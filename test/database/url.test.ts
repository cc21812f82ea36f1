import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatUrl, parseUrl } from '../../src/database/address';
import { freePort } from '../../src/database/free-port';
import { openDatabase } from '../../src/database/open';
import { Fault } from '../../src/fault/fault';

test('an address is read, escapes and all', () => {
  assert.deepEqual(parseUrl('mysql://a%40b:p%2Fw%3A%25@db.example:3307/some%20name'), {
    host: 'db.example',
    port: 3307,
    user: 'a@b',
    password: 'p/w:%',
    database: 'some name',
  });
  assert.equal(parseUrl('mysql://me@[::1]/x').host, '::1');
});

test('an address that is written as a URL is read again as it was', () => {
  const address = { host: '127.0.0.1', port: 3307, user: 'a@b', password: 'p/w:%', database: 'some name' };
  assert.deepEqual(parseUrl(formatUrl(address)), address);
});

test('what is left out of an address is filled in, and the database is told', () => {
  const told: string[] = [];
  assert.deepEqual(
    parseUrl('mysql://127.0.0.1', (line) => told.push(line)),
    {
      host: '127.0.0.1',
      port: 3306,
      user: 'root',
      password: '',
      database: 'test',
    },
  );
  assert.deepEqual(told, ['the address names no database: test is taken']);
});

for (const [text, came] of [
  ['', 'no URL'],
  ['localhost:3306', 'localhost://…'],
  ['127.0.0.1:3306', 'no URL'],
  ['postgres://me:secret@h/d', 'postgres://…'],
  ['mysql:///d', 'no host'],
  ['mysql://me:secret@h:0/d', 'port 0'],
  ['mysql://me:secret@h:99999/d', 'no URL'],
  ['mysql://me:secret@h/d?ssl=true', "?ssl=true after the database's name"],
  ['mysql://me:100%secret@h/d', 'a % that begins no escape'],
  ['mysql://me:secret@h/d/e', "d/e as the database's name"],
] as const)
  test(`"${text}" is the user's mistake: ${came}`, async () => {
    const fault = await openDatabase({ url: text }).catch((error: unknown) => error);
    assert.ok(fault instanceof Fault);
    assert.equal(fault.facts.party, 'user');
    assert.equal(fault.facts.came, came);
    assert.match(fault.facts.expected ?? '', /^mysql:\/\//);
    assert.doesNotMatch(JSON.stringify(fault.facts), /secret/);
  });

test('an address at which nobody listens is said to be that, without the password', async () => {
  const port = await freePort();
  const fault = await openDatabase({ url: `mysql://me:secret@127.0.0.1:${port}/d` }).catch((error: unknown) => error);
  assert.ok(fault instanceof Fault);
  assert.equal(fault.facts.party, 'database');
  assert.equal(fault.facts.what, `no MySQL server answers as me@127.0.0.1:${port}/d`);
  assert.match(fault.facts.came ?? '', /ECONNREFUSED/);
  assert.doesNotMatch(JSON.stringify(fault.facts), /secret/);
});
