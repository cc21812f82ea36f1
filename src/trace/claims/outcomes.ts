import { IT, SUBJECT } from '../../program/activities';
import { isMember, TURN } from '../../program/crowds';
import { instancesOf } from '../../program/walk';
import type { EventParams } from '../../protocol/messages';
import { type Contradiction, contradicted, type Finding, holds, unknown } from '../finding';
import { brokenPromises } from '../promises';
import { span, spans } from '../questions';
import type { RunRecord } from '../record';
import { raised } from './raised';

/** How often each of those who take turns has one. */
const TURNS = 3;

/** Whoever waits for a member gets what it returned: its own name. */
export function eachReturns(record: RunRecord): Finding {
  return eachJoin(record, 'finished', ({ phase, value }, member) => phase === 'finished' && value === member);
}

/** Whoever waits for a member gets the error that it raised. */
export function eachRaises(record: RunRecord): Finding {
  return eachJoin(record, 'raised', ({ phase, error }, member) => phase === 'raised' && error?.code === member);
}

/** The first member raised, and every other went on after that, and came to its end. */
export function othersGoOn(record: RunRecord): Finding {
  const [first, ...others] = membersOf(record);
  if (first === undefined || others.length === 0) return unknown('there were no others');
  const raised = span(record, first, TURN)?.end;
  if (raised === undefined) {
    return record.end.kind === 'completed'
      ? contradicted(`${first} never raised, and the program ended`)
      : unknown(`${first} had not raised yet`);
  }
  if (raised.phase !== 'raised') return contradicted(`${first} did not raise`, [raised.n]);
  const findings = others.map((member) => goesOn(record, member, raised));
  return (
    findings.find(({ kind }) => kind === 'contradicted') ?? findings.find(({ kind }) => kind === 'unknown') ?? holds
  );
}

function goesOn(record: RunRecord, member: string, after: EventParams): Finding {
  const own = span(record, member, TURN)?.end;
  const joined = joinOf(record, member);
  if (own?.phase === 'raised')
    return contradicted(`${own.thread} raised ${own.error?.code} after ${after.thread} had`, [after.n, own.n]);
  if (joined?.phase === 'raised') return contradicted(`the wait for ${member} ${came(joined)}`, [after.n, joined.n]);
  if (own === undefined || joined === undefined) {
    return record.end.kind === 'completed'
      ? contradicted(`${member} did not come to its end`, [after.n])
      : unknown(`${member} had not ended yet`);
  }
  return own.n > after.n ? holds : unknown(`${member} had ended before ${after.thread} raised`);
}

/** Three that yield in one form of sleep and three that yield in another have their turns in the same order. */
export function sameOrder(record: RunRecord): Finding {
  const joined = span(record, SUBJECT, IT)?.end;
  if (joined?.phase === 'raised') return raised(joined);
  const order = (name: string): string[] =>
    spans(record, 'turn', (thread) => thread === name).map(({ thread }) => thread.slice(name.length));
  const [first, second] = [order('first'), order('second')];
  const turns = instancesOf(record.program, 'first').length * TURNS;
  if (first.length < turns || second.length < turns) {
    return record.end.kind === 'completed'
      ? contradicted(`${first.length} and ${second.length} turns were had, of ${turns} each`)
      : unknown('not all turns had been had yet');
  }
  if (first.join() !== second.join()) return contradicted(`first ${first.join(' ')}, then ${second.join(' ')}`);
  // Where none gives its turn away, the order is that in which they were started, and says nothing of the sleeps.
  const handedOver = first.filter((thread, i) => i > 0 && thread !== first[i - 1]).length;
  return handedOver >= TURNS ? holds : contradicted(`nobody gave a turn away: ${first.join(' ')}`);
}

/** Of each member: what it did is what the one that waits for it gets, and that not before. */
function eachJoin(
  record: RunRecord,
  phase: EventParams['phase'],
  right: (end: EventParams, member: string) => boolean,
): Finding {
  const all = membersOf(record);
  if (all.length === 0) return unknown('there was nobody to wait for');
  const [broken] = brokenPromises(record);
  const wrong = broken ?? all.map((member) => wrongJoin(record, member, phase, right)).find((why) => why !== undefined);
  if (wrong !== undefined) return wrong;
  const left = all.find((member) => joinOf(record, member) === undefined);
  if (left === undefined) return holds;
  return record.end.kind === 'completed'
    ? contradicted(`main ended before ${left} was waited for`)
    : unknown(`the wait for ${left} had not ended yet`);
}

function wrongJoin(
  record: RunRecord,
  member: string,
  phase: EventParams['phase'],
  right: (end: EventParams, member: string) => boolean,
): Contradiction | undefined {
  const end = joinOf(record, member);
  if (end === undefined) return undefined;
  const own = span(record, member, TURN)?.end;
  const early = contradicted(`the wait for ${member} ended before ${member} had`, [end.n]);
  // Whoever did not wait has nothing to give: that comes first, for it is the reason.
  if (own === undefined || own.n > end.n) return early;
  if (!right(end, member)) return contradicted(`the wait for ${member} ${came(end)}`, [end.n]);
  return own.phase === phase ? undefined : early;
}

function joinOf(record: RunRecord, member: string): EventParams | undefined {
  return span(record, 'main', `end-of-${member}`)?.end;
}

function came({ phase, value, error }: EventParams): string {
  return phase === 'raised' ? `raised ${error?.code}` : `gave ${JSON.stringify(value ?? null)}`;
}

function membersOf({ program }: RunRecord): string[] {
  return Object.keys(program.threads).filter(isMember);
}
