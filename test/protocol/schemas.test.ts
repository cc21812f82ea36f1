import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020';
import fc from 'fast-check';
import type { z } from 'zod';
import { publishedSchemas } from '../../scripts/schemas';
import { compose } from '../../src/program/compose';
import { Program } from '../../src/program/program';
import { ROOT } from '../../src/project';
import { ResultFile } from '../../src/verdict/result';
import { anyCast, FACTS } from '../program/casts';
import { NO_LINES, SAMPLES } from './samples';

const published = new Map(
  [...publishedSchemas().keys()].map((file) => [file, JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as object]),
);

/** Judges by the published JSON Schema, or by one of its definitions. */
function byJson(file: string, definition?: string): (value: unknown) => boolean {
  const { $defs, ...whole } = published.get(file) as { $defs?: object };
  const schema = definition === undefined ? { $defs, ...whole } : { $defs, $ref: `#/$defs/${definition}` };
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  return (value) => validate(value);
}

function alike(zod: z.ZodType, json: (value: unknown) => boolean, samples: readonly unknown[], valid: boolean): void {
  for (const sample of samples) {
    // Over the channel go texts: what is undefined is not there.
    const value: unknown = JSON.parse(JSON.stringify(sample));
    assert.equal(zod.safeParse(value).success, valid, `zod: ${JSON.stringify(value).slice(0, 300)}`);
    assert.equal(json(value), valid, `JSON Schema: ${JSON.stringify(value).slice(0, 300)}`);
  }
}

test('the published schemas are up to date: npm run schemas', () => {
  for (const [file, text] of publishedSchemas()) assert.equal(readFileSync(join(ROOT, file), 'utf8'), text, file);
});

const main = { main: { steps: [] } };
const withSteps = (...steps: unknown[]): unknown => ({ threads: { main: { steps } } });

describe('a program', () => {
  const json = byJson('src/program/program.schema.json');

  test('of every cast is taken by both', () => {
    fc.assert(
      fc.property(anyCast, (cast) => {
        alike(Program, json, [compose(cast, FACTS).program], true);
      }),
      { numRuns: 40 },
    );
  });

  test('that is right is taken by both, and one that is wrong by neither', () => {
    const deep = { do: 'call', depth: 1, steps: [{ do: 'attempt', steps: [{ do: 'raise', error: 'Oops' }] }] };
    alike(
      Program,
      json,
      [
        { threads: main },
        { threads: { ...main, other: { steps: [], count: 100_000 } }, variables: { a: [1, 'x', null, [true]] } },
        withSteps(deep, { do: 'sleep', through: 'library' }, { do: 'when', local: 'x', is: [1], steps: [] }),
      ],
      true,
    );
    alike(
      Program,
      json,
      [
        null,
        [],
        {},
        { threads: {} },
        { threads: { other: { steps: [] } } },
        { threads: { ...main, 'two words': { steps: [] } } },
        { threads: { ...main, other: { steps: [], count: 0 } } },
        { threads: { ...main, other: { steps: [], count: 1.5 } } },
        { threads: main, variables: { a: {} } },
        { threads: main, gates: [] },
        withSteps({ do: 'hop' }),
        withSteps({ do: 'sleep' }),
        withSteps({ do: 'sleep', through: 'library', seconds: 61 }),
        withSteps({ do: 'sleep', through: 'library', times: 2 }),
        withSteps({ do: 'wait', gate: 'g', through: 'green' }),
        withSteps({ do: 'call', depth: 1, steps: [{ do: 'attempt', steps: [{ do: 'raise' }] }] }),
        withSteps({ do: 'query', connection: 'c', sql: '' }),
      ],
      false,
    );
  });
});

describe('a message', () => {
  const file = 'src/protocol/messages.schema.json';

  for (const [name, { zod, right, wrong }] of Object.entries(SAMPLES))
    test(`${name} is judged alike by both`, () => {
      const json = byJson(file, name);
      alike(zod, json, right, true);
      alike(zod, json, wrong, false);
    });

  test('of every kind is published', () => {
    const { $defs = {} } = published.get(file) as { $defs?: object };
    for (const name of Object.keys(SAMPLES)) assert.ok(name in $defs, name);
  });

  test('on a line is a request, a response or a notification', () => {
    const json = byJson(file);
    for (const name of ['Request', 'Response', 'Notification'])
      for (const line of SAMPLES[name]?.right ?? []) assert.ok(json(line), JSON.stringify(line));
    for (const line of NO_LINES) assert.ok(!json(line), JSON.stringify(line));
  });
});

describe('a result file', () => {
  const json = byJson('src/verdict/result.schema.json');
  const scenario = {
    clause: 'TM-2',
    strength: 'must',
    polarity: 'hazard',
    name: 'one',
    feature: 'f',
    line: 3,
    gherkin: ['Given one'],
    verdict: 'fail',
    reason: 'it did not',
    claims: [{ says: 'it holds', verdict: 'fail', why: 'it did not', against: [1, 2] }],
    milliseconds: 0.5,
    declaredWait: 0,
    record: { any: 'thing' },
  };
  const file = {
    greenspec: '0.1.0',
    format: 2,
    runtime: { name: 'x', command: ['x'], named: true, identity: null },
    platform: { os: 'linux', architecture: 'x64', cores: 2, node: '24', procfs: true },
    database: null,
    date: '2026-01-01',
    verdict: 'fail',
    scenarios: [scenario],
  };

  test('is judged alike by both', () => {
    const fault = { party: 'user', what: 'no such runtime' };
    alike(ResultFile, json, [file, { ...file, scenarios: [], fault }], true);
    alike(
      ResultFile,
      json,
      [
        { ...file, format: 1 },
        { ...file, verdict: 'perhaps' },
        { ...file, fault: { ...fault, party: 'nobody' } },
        { ...file, scenarios: [{ ...scenario, strength: 'may' }] },
        { ...file, scenarios: [{ ...scenario, claims: [{ says: 'x', verdict: 'pass', against: [1.5] }] }] },
        { ...file, scenarios: undefined },
      ],
      false,
    );
  });
});
