import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { findJdk, findMaven, javaOf, missingJava } from '../../src/runtime/jdk';

const NOWHERE = '/nowhere';

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'greenspec-jdk-'));
  t.after(() => rmSync(made, { recursive: true }));
  return made;
}

/** A folder that looks like a JDK of that version; like one for running alone without its compiler. */
function installed(home: string, version: string, programs = ['java', 'javac']): string {
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'release'), `IMPLEMENTOR="Somebody"\nJAVA_VERSION="${version}"\n`);
  for (const program of programs) executable(join(home, 'bin', program));
  return home;
}

function executable(file: string): void {
  writeFileSync(file, '');
  chmodSync(file, 0o755);
}

describe('the JDK is found without starting it', () => {
  test('the one of JAVA_HOME, before that of the PATH, before those of the usual place', (t) => {
    const [home, other, usual] = [installed(folder(t), '21.0.4'), installed(folder(t), '24'), folder(t)];
    const newest = installed(join(usual, 'a-jdk'), '25.0.1');
    const path = `/nowhere:${join(other, 'bin')}`;
    assert.equal(findJdk({ home, path, usual }), home);
    assert.equal(findJdk({ path, usual }), other);
    assert.equal(findJdk({ usual }), newest);
  });

  test('the newest of the usual place, whatever the folders are called', (t) => {
    const usual = folder(t);
    installed(join(usual, 'z-21'), '21.0.4');
    const newest = installed(join(usual, 'jdk'), '25');
    installed(join(usual, 'java-9'), '9.0.4');
    assert.equal(findJdk({ usual }), newest);
  });

  test('one that is too old, or cannot compile, or does not say what it is, is passed over', (t) => {
    const usual = folder(t);
    for (const home of [installed(folder(t), '17.0.15'), installed(folder(t), '25', ['java']), folder(t)])
      assert.equal(findJdk({ home, path: join(home, 'bin'), usual }), undefined);
    installed(join(usual, 'eight'), '1.8.0_402');
    assert.equal(findJdk({ usual }), undefined);
    assert.equal(findJdk({ usual: NOWHERE }), undefined);
  });

  test('a `java` of the PATH that is a link leads to its JDK', (t) => {
    const [jdk, links] = [installed(folder(t), '25'), folder(t)];
    symlinkSync(javaOf(jdk), join(links, 'java'));
    assert.equal(findJdk({ path: links, usual: NOWHERE }), jdk);
  });
});

test('Maven is the first of the PATH', (t) => {
  const [first, second] = [folder(t), folder(t)];
  for (const place of [first, second]) executable(join(place, 'mvn'));
  assert.equal(findMaven(`/nowhere:${first}:${second}`), join(first, 'mvn'));
  assert.equal(findMaven(NOWHERE), undefined);
});

describe('what Java lacks is told', () => {
  test('nothing, where the adapter is built and there is a JDK', (t) => {
    const jar = join(folder(t), 'adapter.jar');
    writeFileSync(jar, '');
    assert.equal(missingJava(jar, '/a/jdk', undefined), undefined);
    const { what, install } = missingJava(jar, undefined, undefined) ?? assert.fail();
    assert.equal(what, 'no JDK 21 or newer');
    assert.equal(install, 'sudo apt-get install openjdk-21-jdk-headless maven && ./setup');
  });

  test('the adapter, where it has yet to be built: with Maven, where that is not there', () => {
    const missing = (maven: string | undefined): unknown => missingJava('/nowhere/adapter.jar', '/a/jdk', maven);
    assert.deepEqual(missing('/usr/bin/mvn'), { what: 'its adapter is not built', install: './setup' });
    assert.deepEqual(missing(undefined), {
      what: 'its adapter is not built',
      install: 'sudo apt-get install maven && ./setup',
    });
  });
});
