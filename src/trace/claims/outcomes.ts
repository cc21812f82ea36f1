import { isMember } from '../../program/crowds';
import { instancesOf } from '../../program/walk';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { nameOf, span, spans } from '../questions';
import type { RunRecord } from '../record';

/** Whoever waits for a member gets what it returned: its own name. */
export function eachReturns(record: RunRecord): Finding {
  return eachJoin(record, (member, end) =>
    end.phase === 'finished' && end.value === member ? undefined : `gave ${JSON.stringify(end.value ?? null)}`,
  );
}

/** Whoever waits for a member gets the error that it raised. */
export function eachRaises(record: RunRecord): Finding {
  return eachJoin(record, (member, end) =>
    end.phase === 'raised' && end.error?.code === member ? undefined : `gave no error of its own`,
  );
}

/** The first member raised, and every other came to its end all the same. */
export function othersGoOn(record: RunRecord): Finding {
  const [first, ...others] = members(record);
  if (first === undefined || others.length === 0) return unknown('there were no others');
  const raised = span(record, 'main', `end-of-${first}`)?.end;
  if (raised?.phase !== 'raised') return contradicted(`${first} did not raise`, raised === undefined ? [] : [raised.n]);
  const lost = others.find((member) => span(record, 'main', `end-of-${member}`)?.end?.phase !== 'finished');
  if (lost === undefined) return holds;
  return record.end.kind === 'completed'
    ? contradicted(`${lost} did not come to its end`, [raised.n])
    : unknown(`${lost} had not ended yet`);
}

/** Three that yield in one form of sleep and three that yield in another have their turns in the same order. */
export function sameOrder(record: RunRecord): Finding {
  const order = (name: string): string[] =>
    spans(record, 'turn', (thread) => thread === name).map(({ thread }) => thread.slice(name.length));
  const [first, second] = [order('first'), order('second')];
  const turns = instancesOf(record.program, 'first').length * 3;
  if (first.length < turns || second.length < turns) {
    return record.end.kind === 'completed'
      ? contradicted(`${first.length} and ${second.length} turns were had, of ${turns} each`)
      : unknown('not all turns had been had yet');
  }
  return first.join() === second.join() ? holds : contradicted(`first ${first.join(' ')}, then ${second.join(' ')}`);
}

type JoinEnd = NonNullable<NonNullable<ReturnType<typeof span>>['end']>;

function eachJoin(record: RunRecord, wrong: (member: string, end: JoinEnd) => string | undefined): Finding {
  const all = members(record);
  if (all.length === 0) return unknown('there was nobody to wait for');
  for (const member of all) {
    const end = span(record, 'main', `end-of-${member}`)?.end;
    if (end === undefined) return unknown(`the wait for ${member} never ended`);
    const what = wrong(member, end);
    if (what !== undefined) return contradicted(`the wait for ${member} ${what}`, [end.n]);
  }
  return holds;
}

function members(record: RunRecord): string[] {
  return Object.keys(record.program.threads).filter((name) => isMember(nameOf(name)));
}
