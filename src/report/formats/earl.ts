import { createHash } from 'node:crypto';
import type { Clause } from '../../clauses/catalogue';
import { printableAll } from '../../fault/printable';
import type { Verdict } from '../../verdict/judge';
import type { ResultFile, ScenarioResult } from '../../verdict/result';
import { identityOf, versionsOf } from '../site/identity';

const CONTEXT = {
  earl: 'http://www.w3.org/ns/earl#',
  dct: 'http://purl.org/dc/terms/',
  doap: 'http://usefulinc.com/ns/doap#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const OUTCOMES: Record<Verdict, string> = {
  pass: 'earl:passed',
  fail: 'earl:failed',
  inconclusive: 'earl:cantTell',
  'not-applicable': 'earl:inapplicable',
};

/**
 * A report in W3C's Evaluation and Report Language, as JSON-LD: greenspec asserts of the runtime what came of each scenario, which is
 * a test case of the requirement that is its clause.
 *
 * @see https://www.w3.org/TR/EARL10-Schema/
 */
export function earl(given: ResultFile, clauses: readonly Clause[]): string {
  const file = printableAll(given, 'record');
  const assertor = {
    '@id': idOf('assertor', file.greenspec),
    '@type': ['earl:Assertor', 'earl:Software'],
    ...named('greenspec', file.greenspec),
  };
  const subject = subjectOf(file);
  const graph = [
    assertor,
    subject,
    ...clauses.map(requirement),
    ...file.scenarios.map((scenario) => testCase(scenario)),
    ...file.scenarios.map((scenario) => assertion(scenario, assertor['@id'], subject['@id'], file.date)),
  ];
  return `${JSON.stringify({ '@context': CONTEXT, '@graph': graph }, null, 1)}\n`;
}

function subjectOf(file: ResultFile): { readonly '@id': string; readonly [property: string]: unknown } {
  const [first, ...parts] = versionsOf(file);
  return {
    '@id': idOf('subject', JSON.stringify(identityOf(file))),
    ...{ '@type': ['earl:TestSubject', 'earl:Software'] },
    ...named(file.runtime.name, first?.version),
    'dct:description': identityOf(file)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; '),
    'dct:requires': parts.map(({ name, version }) => ({ '@type': 'earl:Software', ...named(name, version) })),
  };
}

function requirement({ id, says, section, sentence }: Clause): object {
  return {
    '@id': idOf('clause', id),
    '@type': 'earl:TestRequirement',
    'dct:identifier': id,
    'dct:title': says,
    'dct:source': `${section}, ${sentence}`,
  };
}

function testCase({ clause, name, gherkin, feature, line }: ScenarioResult): object {
  return {
    '@id': idOf('scenario', clause, name),
    '@type': 'earl:TestCase',
    'dct:title': name,
    'dct:description': gherkin.join('\n'),
    'dct:source': `${feature}:${line}`,
    'dct:isPartOf': { '@id': idOf('clause', clause) },
  };
}

function assertion(scenario: ScenarioResult, assertor: string, subject: string, date: string): object {
  const { clause, name, verdict, reason } = scenario;
  return {
    '@type': 'earl:Assertion',
    'earl:assertedBy': { '@id': assertor },
    'earl:subject': { '@id': subject },
    'earl:test': { '@id': idOf('scenario', clause, name) },
    'earl:mode': { '@id': 'earl:automatic' },
    'earl:result': {
      '@type': 'earl:TestResult',
      'earl:outcome': { '@id': OUTCOMES[verdict] },
      'dct:date': { '@type': 'xsd:dateTime', '@value': date },
      ...(reason === undefined ? {} : { 'dct:description': reason }),
    },
  };
}

function named(name: string, version: string | undefined): object {
  const release = { '@type': 'doap:Version', 'doap:revision': version };
  return { 'doap:name': name, ...(version === undefined ? {} : { 'doap:release': release }) };
}

/** The same thing has the same name in every report, so that reports of several runtimes can be put together: a UUID of version 8, made of a hash. */
function idOf(...parts: readonly string[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(['greenspec', ...parts]))
    .digest('hex');
  const groups = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(12, 15)}`,
    `8${hash.slice(15, 18)}`,
    hash.slice(18, 30),
  ];
  return `urn:uuid:${groups.join('-')}`;
}
