import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fault } from '../../src/fault/fault';
import type { DriverIdentity, InitializeResult } from '../../src/protocol/messages';
import { checkConditions } from '../../src/runtime/conditions';
import { KernelWitness } from '../../src/witness/kernel';

/** This process, which has the C library of the platform mapped, and surely no driver of that name. */
const self = new KernelWitness(process.pid);

function identity(patched: boolean, driver?: DriverIdentity): InitializeResult {
  const named = { name: 'some', version: '1' };
  const drivers = driver === undefined ? {} : { 'c-library': driver };
  const lock = { name: 'a lock', standIn: true };
  return {
    protocol: 1,
    patched,
    capabilities: [],
    runtime: { ...named, language: named, lock, drivers, components: {} },
  };
}

function fault(work: () => void): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Fault);
    assert.equal(error.facts.party, 'adapter');
    return error.facts.what;
  }
  return '';
}

describe('the mode in force', () => {
  test('is the one that was asked for', () => {
    for (const patched of [true, false]) {
      assert.equal(
        fault(() => checkConditions(identity(patched), patched, self)),
        '',
      );
      assert.match(
        fault(() => checkConditions(identity(patched), !patched, self)),
        /standard library's sleep is not what was asked/,
      );
    }
  });

  test('has the C library that it names', () => {
    const driver = { name: 'a driver', version: '1' };
    const check = (more: object) => fault(() => checkConditions(identity(true, { ...driver, ...more }), true, self));
    assert.equal(check({ library: 'libc' }), '');
    assert.match(check({ library: 'no-such-library' }), /names a driver as its C driver, and that is not loaded/);
    assert.equal(check({ library: 'no-such-library', model: true }), '');
    assert.equal(check({}), '');
  });

  test('stays open where there is no procfs', () => {
    const blind = new KernelWitness(process.pid, '/nowhere');
    const driver = { name: 'a driver', version: '1', library: 'no-such-library' };
    assert.equal(
      fault(() => checkConditions(identity(true, driver), true, blind)),
      '',
    );
  });
});
