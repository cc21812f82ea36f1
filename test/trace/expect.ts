import assert from 'node:assert/strict';
import type { Finding } from '../../src/trace/finding';
import type { RunRecord } from '../../src/trace/record';
import { type ClaimResult, judge } from '../../src/verdict/judge';

type Judge = (record: RunRecord) => Finding;

/** These go through `judge`, so that a claim that fails also shows that no doubt stands before it. */
export function passes(claim: Judge, record: RunRecord): void {
  assert.deepEqual(verdict(claim, record), { says: 'it', verdict: 'pass' });
}

export function fails(claim: Judge, record: RunRecord, why: RegExp, against?: readonly string[]): void {
  const result = verdict(claim, record);
  assert.equal(result.verdict, 'fail', result.why);
  assert.match(result.why ?? '', why);
  if (against !== undefined)
    assert.deepEqual(
      result.against?.map((n) => lineOf(record, n)),
      against,
    );
}

export function staysOpen(claim: Judge, record: RunRecord, why: RegExp): void {
  const result = verdict(claim, record);
  assert.equal(result.verdict, 'inconclusive', result.why);
  assert.match(result.why ?? '', why);
}

export const CUT: RunRecord['end'] = { kind: 'cut', fault: { party: 'adapter', what: 'the adapter ended' } };

/** The same run, at the end of which green threads were left. */
export function leaving(unfinished: number, record: RunRecord): RunRecord {
  const events = record.entries.filter(({ kind }) => kind === 'event').length;
  return { ...record, end: { kind: 'completed', events, unfinished } };
}

function verdict(claim: Judge, record: RunRecord): ClaimResult {
  return judge(record, { says: 'it', judge: claim });
}

function lineOf(record: RunRecord, n: number): string | undefined {
  const entry = record.entries.find((item) => item.kind === 'event' && item.event.n === n);
  return entry?.kind === 'event' ? `${entry.event.thread} ${entry.event.label} ${entry.event.phase}` : undefined;
}
