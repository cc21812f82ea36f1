import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020';
import type { z } from 'zod';
import { Config } from '../../src/config/schema';
import { ROOT } from '../../src/project';
import { ExpectationFile } from '../../src/verdict/expectations/schema';

const ENTRY = { clause: 'TM-2', reason: 'it is so' };
const COMMAND = { command: ['x'] };

/** What editors are told by the published schemas is what greenspec takes. */
const FILES: readonly [path: string, schema: z.ZodType, good: unknown[], bad: unknown[]][] = [
  [
    'src/verdict/expectations/expectations.schema.json',
    ExpectationFile,
    [{}, { known: [ENTRY] }, { known: [{ scenario: 'it*', reason: 'x', why: 'y' }], flaky: [{ ...ENTRY, repeat: 2 }] }],
    [
      { others: [] },
      { known: [{ reason: 'x' }] },
      { known: [{ clause: 'TM-2' }] },
      { known: [{ ...ENTRY, repeat: 2 }] },
      { known: [{ ...ENTRY, clause: 'TM2' }] },
      { flaky: [ENTRY] },
      { flaky: [{ ...ENTRY, repeat: 101 }] },
    ],
  ],
  [
    'src/config/config.schema.json',
    Config,
    [{}, { $schema: 'x', runtimes: { mine: COMMAND }, database: { image: 'mysql' }, deadline: 0.5, parallel: 1 }],
    [
      { runtime: {} },
      { runtimes: { mine: {} } },
      { runtimes: { 'a/b': COMMAND } },
      { runtimes: { mine: { ...COMMAND, env: { A: 1 } } } },
      { database: {} },
      { database: { mysql: 'x', image: 'y' } },
      { deadline: 0 },
      { parallel: 1.5 },
    ],
  ],
];

describe('the published schema and greenspec agree', () => {
  for (const [path, schema, good, bad] of FILES)
    test(path, () => {
      const published = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as object;
      const validate = new Ajv2020({ allErrors: true, formats: { uri: true } }).compile(published);
      for (const [values, valid] of [
        [good, true],
        [bad, false],
      ] as const)
        for (const value of values) {
          assert.equal(schema.safeParse(value).success, valid, `zod: ${JSON.stringify(value)}`);
          assert.equal(validate(value), valid, `JSON Schema: ${JSON.stringify(value)}`);
        }
    });
});
