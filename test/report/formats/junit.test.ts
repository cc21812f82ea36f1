import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SaxesParser } from 'saxes';
import { readCatalogue } from '../../../src/clauses/catalogue';
import { ROOT } from '../../../src/project';
import { junit } from '../../../src/report/formats/junit';
import type { ResultFile } from '../../../src/verdict/result';
import { failing, result, scenario } from '../site/results';
import { hostileResult } from './hostile';

const { clauses } = readCatalogue(ROOT);

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

/** Reads XML as strictly as XML is to be read. */
function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root.children[0] as Element;
}

function suites(file: ResultFile): Element[] {
  return parse(junit(file, clauses)).children;
}

/** Each case as the kind of its outcome and what is said of it. */
function outcomes(file: ResultFile): string[] {
  return suites(file)
    .flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'))
    .map(({ children: [outcome] }) =>
      outcome === undefined ? 'passed' : `${outcome.name}: ${outcome.attributes.message}`,
    );
}

const EXPECTED = { list: 'known', reason: 'two locks', file: 'known.yaml', line: 3 } as const;

describe('the JUnit file', () => {
  test('has a suite for each clause, in the order of the document, and a case for each scenario, with its place', () => {
    const file = result('mine', [
      scenario({ clause: 'MY-1' }),
      scenario(),
      scenario({ name: 'Another', strength: 'should' }),
    ]);
    const [first, second] = suites(file);
    assert.match(first?.attributes.name ?? '', /^TM-2 Scheduling is cooperative/);
    assert.equal(second?.attributes.tests, '1');
    const cases = first?.children
      .filter(({ name }) => name === 'testcase')
      .map(({ attributes }) => ({ ...attributes }));
    assert.deepEqual(cases?.[1], {
      ...{ name: '(should) Another', classname: 'mine.TM-2', file: 'features/threading-model.feature', line: '12' },
      time: '0.001',
    });
    assert.deepEqual(
      first?.children[0]?.children.find(({ attributes }) => attributes.name === 'runtime')?.attributes.value,
      'mine 1.2.3 on python 3.11.7',
    );
  });

  test('tells failures, errors and what was skipped apart, and counts them', () => {
    const file = result('mine', [
      scenario(),
      failing({ timeline: ['1  it ran', '2  it ran again  ←'] }),
      scenario({ verdict: 'inconclusive', reason: 'no procfs\nat /proc' }),
      scenario({ verdict: 'not-applicable', reason: 'the runtime does not declare patch/on' }),
      failing({ expected: EXPECTED }),
      failing({ expected: { ...EXPECTED, list: 'flaky' } }),
      scenario({ expected: { ...EXPECTED, list: 'flaky' } }),
    ]);
    assert.deepEqual(outcomes(file), [
      'passed',
      'failure: it runs: it did not',
      'error: no procfs',
      'skipped: the runtime does not declare patch/on',
      'skipped: known to differ: two locks',
      'skipped: known to be flaky: two locks',
      'passed',
    ]);
    const { attributes, children } = parse(junit(file, clauses));
    const { tests, failures, errors, skipped } = attributes;
    assert.deepEqual([tests, failures, errors, skipped], ['7', '1', '1', '3']);
    const failure = children[0]?.children.flatMap((one) => one.children).find(({ name }) => name === 'failure');
    assert.match(failure?.text ?? '', /Given a green thread\n[\s\S]*2 {2}it ran again {2}←$/);
  });

  test('is not green where the run broke off, judged nothing, or was not as expected', () => {
    const fault = { party: 'adapter', what: 'it ended', came: 'signal 9' } as const;
    assert.deepEqual(outcomes(result('mine', [scenario()], { fault })), ['passed', 'error: adapter: it ended']);
    assert.deepEqual(outcomes(result('mine', [], { verdict: 'inconclusive' })), ['error: user: no scenario was run']);
    const deviation = { kind: 'stale', file: 'known.yaml', line: 3, says: 'TM-2: nothing of it fails' } as const;
    const expectations = { file: 'known.yaml', outcome: 'differs', deviations: [deviation] } as const;
    assert.deepEqual(
      outcomes(result('mine', [scenario()], { expectations: { ...expectations, deviations: [deviation] } })),
      ['passed', 'failure: stale: TM-2: nothing of it fails'],
    );
  });

  test('is XML whatever an adapter says, of bounded length, and the same each time', () => {
    const xml = junit(hostileResult(), clauses);
    const [suite] = parse(xml).children;
    assert.match(
      suite?.children[1]?.attributes.name ?? '',
      /^<\/script><\/testcase>\]\]><!\[CDATA\[<b a='1' b="2">&lt; \ufffd\ufffd\ufffd\[2J/,
    );
    assert.match(xml, /more characters/);
    assert.ok(xml.length < 50_000, `${xml.length}`);
    assert.equal(junit(hostileResult(), clauses), xml);
  });
});
