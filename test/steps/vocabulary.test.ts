import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { before, describe, test } from 'node:test';
import { runCucumber } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import { FEATURES } from '../../src/cli/feature-files';
import { loadSteps } from '../../src/cli/features';
import { ROOT } from '../../src/project';

/** A value of a pattern, as a feature has it. */
interface Argument {
  readonly type: string;
  readonly text: string;
}

/** What Cucumber tells of steps and features when it runs nothing. */
async function look(): Promise<Envelope[]> {
  const envelopes: Envelope[] = [];
  const sources = { defaultDialect: 'en', paths: [...FEATURES], names: [], tagExpression: '' };
  const runtime = {
    ...{ dryRun: true, failFast: false, filterStacktraces: true, parallel: 0 },
    ...{ retry: 0, retryTagFilter: '', strict: true, worldParameters: {} },
  };
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await runCucumber(
    {
      sources: { ...sources, order: 'defined' },
      support: await loadSteps(),
      runtime,
      formats: { stdout: 'message', files: {}, publish: false, options: {} },
    },
    { cwd: ROOT, stdout: nowhere },
    (envelope) => envelopes.push(envelope),
  );
  return envelopes;
}

describe('the vocabulary', () => {
  let envelopes: readonly Envelope[] = [];
  before(async () => {
    envelopes = await look();
  });

  const definitions = () => envelopes.flatMap(({ stepDefinition }) => stepDefinition ?? []);
  const steps = () =>
    envelopes
      .flatMap(({ testCase }) => testCase?.testSteps ?? [])
      .filter(({ pickleStepId }) => pickleStepId !== undefined);
  const textOf = (pickleStepId: string | undefined): string =>
    envelopes.flatMap(({ pickle }) => pickle?.steps ?? []).find(({ id }) => id === pickleStepId)?.text ?? '';
  const values = (): Argument[] =>
    steps().flatMap(({ stepMatchArgumentsLists = [] }) =>
      stepMatchArgumentsLists.flatMap(({ stepMatchArguments }) =>
        stepMatchArguments.map(({ parameterTypeName: type = '', group }) => ({ type, text: group.value ?? '' })),
      ),
    );

  test('has each step of the features once', () => {
    assert.ok(steps().length > 100);
    for (const { pickleStepId, stepDefinitionIds = [] } of steps())
      assert.equal(stepDefinitionIds.length, 1, `${stepDefinitionIds.length} patterns for: ${textOf(pickleStepId)}`);
  });

  test('has no pattern that no feature uses', () => {
    const used = new Set(steps().flatMap(({ stepDefinitionIds }) => stepDefinitionIds ?? []));
    const dead = definitions().filter(({ id }) => !used.has(id));
    assert.deepEqual(
      dead.map(({ pattern }) => pattern.source),
      [],
    );
  });

  test('has no activity, no task and no other value that no feature uses', () => {
    const types = envelopes.flatMap(({ parameterType }) => parameterType ?? []);
    assert.ok(types.length > 0);
    const all = values();
    // A task, and the lock that it is done under, vary each for itself.
    const isUsed = (type: string, part: string): boolean =>
      all.some((value) => value.type === type && new RegExp(`(?:^| under )(?:${part})(?:$| under )`).test(value.text));
    const dead = types.flatMap(({ name, regularExpressions }) =>
      regularExpressions
        .filter((source) => !source.split(' under ').every((part) => isUsed(name, part)))
        .map((source) => `${name}: ${source}`),
    );
    assert.deepEqual(dead, []);
  });

  test('names every driver, lock and form of sleep that a phrase leaves open', () => {
    const said = new Set(steps().map(({ pickleStepId }) => textOf(pickleStepId)));
    const groups = envelopes
      .flatMap(({ parameterType }) => parameterType?.regularExpressions ?? [])
      .flatMap((source) => [...source.matchAll(/\(\?:([^()]*(?:\\[()][^()]*)*\|(?:[^()]|\\[()])*)\)/g)])
      .flatMap(([, words = '']) => words.split('|').map((word) => word.replace(/\\/g, '')));
    assert.ok(groups.length > 0);
    for (const word of new Set(groups))
      assert.ok(
        [...said].some((text) => text.includes(word)),
        word,
      );
  });
});
