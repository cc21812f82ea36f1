import type { FaultFacts } from '../fault/fault';
import { doubts } from '../trace/doubts';
import type { Claim, Finding } from '../trace/finding';
import { entriesOf } from '../trace/questions';
import type { OpenStep, RunRecord } from '../trace/record';

/** The verdict on a claim, or on a scenario. */
export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'not-applicable';

export interface ClaimResult {
  readonly says: string;
  readonly verdict: Exclude<Verdict, 'not-applicable'>;
  /** Why it is not a pass. */
  readonly why?: string;
  /** The numbers of the events that contradict the claim. */
  readonly against?: readonly number[];
  /** Whose fault it is that there is no verdict. */
  readonly fault?: FaultFacts;
}

/**
 * Judges a claim on a record. What was seen comes first: a contradiction stands in a run that was cut, too, unless it was the
 * server that was lost, for what a query then does says nothing of the runtime. A run that is proven stuck is the runtime's
 * failure, and so is what stays open where those who yield kept one from running to whom nothing was owed; what is left open by a run that was cut is nobody's.
 */
export function judge(record: RunRecord, claim: Claim): ClaimResult {
  const { says } = claim;
  if (record.end.kind === 'cut' && record.end.fault.party === 'database')
    return inconclusive(says, record.end.fault.what, record.end.fault);
  const [doubt] = doubts(record);
  if (doubt !== undefined) return inconclusive(says, doubt, { party: 'adapter', what: doubt });
  const finding = claim.judge(record);
  if (finding.kind === 'contradicted') return { says, verdict: 'fail', why: finding.why, against: finding.against };
  switch (record.end.kind) {
    case 'stuck': {
      const at = record.end.at.map(({ thread, label }) => `${label} of ${thread}`).join(', ');
      return { says, verdict: 'fail', why: `stuck at ${at}: nothing moves, and nothing is owed`, against: [] };
    }
    case 'cut':
      return inconclusive(says, record.end.fault.what, record.end.fault);
    case 'completed':
      return settle(record, says, finding);
  }
}

function settle(record: RunRecord, says: string, finding: Exclude<Finding, { kind: 'contradicted' }>): ClaimResult {
  switch (finding.kind) {
    case 'holds':
      return { says, verdict: 'pass' };
    case 'unknown': {
      const [{ starved } = {}] = entriesOf(record, 'called-off');
      if (starved !== undefined) return { says, verdict: 'fail', why: starvation(starved), against: [] };
      return inconclusive(says, finding.why, { party: 'environment', what: finding.why });
    }
  }
}

function starvation({ thread, label }: OpenStep): string {
  return `those who yield over and over let nobody else run until they were called off: ${thread} was held up at ${label}, and nothing was owed to it`;
}

function inconclusive(says: string, why: string, fault: FaultFacts): ClaimResult {
  return { says, verdict: 'inconclusive', why, fault };
}

/** What several verdicts come to: one failure fails, then one inconclusive leaves it open; nothing applicable is nothing passed. */
export function combine(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  if (verdicts.includes('inconclusive')) return 'inconclusive';
  return verdicts.includes('pass') ? 'pass' : 'not-applicable';
}
