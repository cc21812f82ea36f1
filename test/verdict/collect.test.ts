import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Envelope, TestStepResultStatus } from '@cucumber/messages';
import type { Clause } from '../../src/clauses/catalogue';
import { Collector, OUTCOME } from '../../src/verdict/collect';
import type { ScenarioResult } from '../../src/verdict/result';

const CLAUSES: readonly Clause[] = [
  {
    id: 'TM-2',
    section: 'Threading model',
    sentence: 2,
    digest: '0123456789abcdef',
    strength: 'must',
    polarity: 'guarantee',
    says: 'Scheduling is cooperative.',
  },
];
const PASSED = { verdict: 'pass', claims: [{ says: 'it holds', verdict: 'pass' }], milliseconds: 3, declaredWait: 0 };

interface Made {
  readonly id: string;
  readonly tags?: readonly string[];
  readonly outcome?: object;
  readonly status?: string;
  readonly message?: string;
}

/** The messages of Cucumber's about one scenario of one step, as far as they tell who, where, and what came. */
function messages({ id, tags = [], outcome, status = 'PASSED', message }: Made): unknown[] {
  const time = { seconds: 0, nanos: 0 };
  const location = { line: 7, column: 3 };
  const scenario = { location, tags: [], keyword: 'Scenario', name: 'one', description: '', steps: [], examples: [] };
  const feature = { location, tags: [], language: 'en', keyword: 'Feature', name: 'f', description: '' };
  const written = { id: `${id}-written`, location, keyword: 'Given ', text: '<count> green threads' };
  const result = { status, duration: time, ...(message === undefined ? {} : { message }) };
  return [
    {
      gherkinDocument: {
        uri: 'features/x.feature',
        feature: { ...feature, children: [{ scenario: { ...scenario, id: `${id}-scenario`, steps: [written] } }] },
        comments: [],
      },
    },
    {
      pickle: {
        id: `${id}-pickle`,
        uri: 'features/x.feature',
        name: 'one',
        language: 'en',
        steps: [{ id: `${id}-pickled`, text: '2 green threads', astNodeIds: [`${id}-written`] }],
        tags: tags.map((name) => ({ name, astNodeId: id })),
        astNodeIds: [`${id}-scenario`],
      },
    },
    { testCase: { id: `${id}-case`, pickleId: `${id}-pickle`, testSteps: [{ id: `${id}-step` }] } },
    { testCaseStarted: { id: `${id}-started`, testCaseId: `${id}-case`, attempt: 0, timestamp: time } },
    { testStepStarted: { testCaseStartedId: `${id}-started`, testStepId: `${id}-step`, timestamp: time } },
    {
      testStepFinished: {
        testCaseStartedId: `${id}-started`,
        testStepId: `${id}-step`,
        testStepResult: result as { status: TestStepResultStatus },
        timestamp: time,
      },
    },
    ...(outcome === undefined
      ? []
      : [
          {
            attachment: {
              testCaseStartedId: `${id}-started`,
              mediaType: OUTCOME,
              body: JSON.stringify(outcome),
              contentEncoding: 'IDENTITY',
            },
          },
        ]),
    { testCaseFinished: { testCaseStartedId: `${id}-started`, timestamp: time, willBeRetried: false } },
  ];
}

function collect(...all: unknown[][]): ScenarioResult[] {
  const results: ScenarioResult[] = [];
  const collector = new Collector(CLAUSES, (result) => results.push(result));
  for (const message of all.flat()) collector.message(message as Envelope);
  return results;
}

describe('a scenario', () => {
  test('with an outcome stands where its feature says, under the clause of its tag', () => {
    const [result] = collect(
      messages({ id: 'a', tags: ['@document:threading-model', '@TM-2', '@must'], outcome: PASSED }),
    );
    assert.deepEqual(result, {
      clause: 'TM-2',
      strength: 'must',
      polarity: 'guarantee',
      name: 'one',
      feature: 'features/x.feature',
      line: 7,
      gherkin: ['Given 2 green threads'],
      ...PASSED,
    });
  });

  test("of its own strength has that, and not its rule's; without one it has its clause's", () => {
    const strength = (...tags: string[]) => collect(messages({ id: 'a', tags, outcome: PASSED }))[0]?.strength;
    assert.equal(strength('@TM-2', '@must', '@consequence'), 'consequence');
    assert.equal(strength('@TM-2'), 'must');
    assert.equal(strength(), 'info');
  });

  test("of its own polarity has that, and not its clause's", () => {
    const [result] = collect(messages({ id: 'a', tags: ['@TM-2', '@must', '@hazard'], outcome: PASSED }));
    assert.equal(result?.polarity, 'hazard');
  });

  test('of no clause says so', () => {
    const [result] = collect(messages({ id: 'a', tags: ['@XX-9'], outcome: PASSED }));
    assert.deepEqual([result?.clause, result?.polarity], ['none', 'none']);
  });

  test('that never came to its own end is inconclusive, with what Cucumber says of it', () => {
    const [undefinedStep] = collect(messages({ id: 'a', tags: ['@TM-2'], status: 'UNDEFINED' }));
    assert.equal(undefinedStep?.verdict, 'inconclusive');
    assert.equal(undefinedStep?.reason, 'the scenario could not be run: UNDEFINED');
    const [failed] = collect(messages({ id: 'a', status: 'AMBIGUOUS', message: 'two fit' }));
    assert.match(failed?.reason ?? '', /AMBIGUOUS two fit$/);
  });

  test('keeps its own outcome, though several go on at once', () => {
    const a = messages({ id: 'a', tags: ['@TM-2'], outcome: PASSED });
    const b = messages({ id: 'b', tags: ['@TM-2'], outcome: { ...PASSED, verdict: 'fail', reason: 'it did not' } });
    const woven = a.flatMap((message, i) => [message, b[i]]);
    assert.deepEqual(
      collect(woven).map(({ verdict }) => verdict),
      ['pass', 'fail'],
    );
  });

  test('attaches whatever it likes besides', () => {
    const whole = messages({ id: 'a', tags: ['@TM-2'], outcome: PASSED });
    const note = { attachment: { testCaseStartedId: 'a-started', mediaType: 'text/plain', body: 'no JSON' } };
    assert.equal(collect([...whole.slice(0, -1), note, ...whole.slice(-1)])[0]?.verdict, 'pass');
  });

  test('whose outcome is none is an error, not a result', () => {
    assert.throws(() => collect(messages({ id: 'a', outcome: { ...PASSED, verdict: 'perhaps' } })));
  });
});
