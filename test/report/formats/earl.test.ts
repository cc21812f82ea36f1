import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCatalogue } from '../../../src/clauses/catalogue';
import { ROOT } from '../../../src/project';
import { earl } from '../../../src/report/formats/earl';
import type { ResultFile } from '../../../src/verdict/result';
import { failing, result, scenario } from '../site/results';
import { hostileResult } from './hostile';

const { clauses } = readCatalogue(ROOT);
type Node = Record<string, unknown> & { '@id': string; '@type': string | string[] };

function graphOf(file: ResultFile): Node[] {
  return (JSON.parse(earl(file, clauses)) as { '@graph': Node[] })['@graph'];
}

function ofType(graph: readonly Node[], type: string): Node[] {
  return graph.filter((node) => [node['@type']].flat().includes(`earl:${type}`));
}

const FILE = result('mine', [
  scenario(),
  failing({ name: 'fails' }),
  scenario({ name: 'open', verdict: 'inconclusive', reason: 'no procfs' }),
  scenario({ name: 'n/a', verdict: 'not-applicable', reason: 'no patch/on' }),
]);

describe('the EARL report', () => {
  test('asserts an outcome of each scenario, by greenspec, of the runtime in its version', () => {
    const graph = graphOf(FILE);
    const [assertor, subject] = [ofType(graph, 'Assertor')[0], ofType(graph, 'TestSubject')[0]];
    assert.deepEqual(subject?.['doap:release'], { '@type': 'doap:Version', 'doap:revision': '1.2.3' });
    const assertions = ofType(graph, 'Assertion');
    for (const assertion of assertions) {
      assert.deepEqual(assertion['earl:assertedBy'], { '@id': assertor?.['@id'] });
      assert.deepEqual(assertion['earl:subject'], { '@id': subject?.['@id'] });
    }
    const outcomes = assertions.map((one) => (one['earl:result'] as Record<string, Node>)['earl:outcome']?.['@id']);
    assert.deepEqual(outcomes, ['earl:passed', 'earl:failed', 'earl:cantTell', 'earl:inapplicable']);
  });

  test('names each test case once, as part of its clause, and alike in the reports of all runtimes', () => {
    const graph = graphOf(FILE);
    const cases = ofType(graph, 'TestCase');
    const ids = graph.flatMap((node) => node['@id'] ?? []);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    const clause = ofType(graph, 'TestRequirement').find((node) => node['dct:identifier'] === 'TM-2');
    assert.deepEqual(cases[0]?.['dct:isPartOf'], { '@id': clause?.['@id'] });
    const other = graphOf(result('other', FILE.scenarios));
    assert.deepEqual(ofType(other, 'TestCase'), cases);
    assert.notEqual(ofType(other, 'TestSubject')[0]?.['@id'], ofType(graph, 'TestSubject')[0]?.['@id']);
  });

  test('uses no prefix that its context does not explain', () => {
    const { '@context': context, '@graph': graph } = JSON.parse(earl(FILE, clauses));
    const used = JSON.stringify(graph).matchAll(/"(?:@type|@id)?(?:":")?([a-z]+):[A-Za-z]+"/g);
    for (const [, prefix = ''] of used) assert.ok(prefix in context, prefix);
  });

  test('is of bounded length whatever an adapter says, and the same each time', () => {
    const text = earl(hostileResult(), clauses);
    assert.ok(text.length < 40_000, `${text.length}`);
    assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}/u);
    assert.equal(earl(hostileResult(), clauses), text);
  });

  test('of a runtime that never said what it is names it all the same', () => {
    const file = { ...FILE, runtime: { ...FILE.runtime, identity: null } };
    const [subject] = ofType(graphOf(file), 'TestSubject');
    assert.deepEqual([subject?.['doap:name'], subject?.['doap:release']], ['mine', undefined]);
  });
});
