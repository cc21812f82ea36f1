import { everyStep, instancesOf } from '../program/walk';
import { type Contradiction, contradicted } from './finding';
import { entriesOf, events, nameOf, type Span, spans } from './questions';
import type { RunRecord } from './record';

/** What a primitive promises wherever a program uses it, and did not keep. */
export function brokenPromises(record: RunRecord): Contradiction[] {
  return [...earlyJoins(record), ...wrongTokens(record), ...wrongFromPipes(record)];
}

/** A join that came back while a green thread that it waits for went on. */
function earlyJoins(record: RunRecord): Contradiction[] {
  const joins = everyStep(record.program).flatMap(({ thread, step }) =>
    step.do !== 'join' || step.label === undefined
      ? []
      : spans(record, step.label, (name) => name === thread).map((span) => ({ span, joined: step.thread })),
  );
  const last = new Map<string, number>();
  for (const { thread, n } of events(record)) last.set(nameOf(thread), Math.max(n, last.get(nameOf(thread)) ?? 0));
  return joins.flatMap(({ span: { thread, start, end }, joined }) => {
    if (end?.phase !== 'finished' || (last.get(joined) ?? 0) <= end.n) return [];
    const later = events(record).find((event) => nameOf(event.thread) === joined && event.n > end.n);
    return later === undefined
      ? []
      : [
          contradicted(`${thread} was told at ${start.label} that ${joined} had ended, and ${later.thread} went on`, [
            end.n,
            later.n,
          ]),
        ];
  });
}

/** A wait at a gate that gave something else than what the gate sent there: nothing yet, or another's. */
function wrongTokens(record: RunRecord): Contradiction[] {
  const opened = entriesOf(record, 'opened');
  return waits(record).flatMap(({ span: { thread, end }, gate }) => {
    const own = opened.filter((entry) => entry.thread === thread && entry.gate === gate).map(({ token }) => token);
    if (end?.phase !== 'finished' || own.some((token) => token === end.value)) return [];
    const other = opened.find(({ token }) => token === end.value);
    const came = other === undefined ? JSON.stringify(end.value ?? null) : `what was sent to ${other.thread}`;
    return [
      contradicted(`${thread} was given ${came} at the gate ${gate}, and ${own[0] ?? 'nothing'} was sent`, [end.n]),
    ];
  });
}

/** A read from a pipe that gave something else than what was written there. */
function wrongFromPipes(record: RunRecord): Contradiction[] {
  const filled = entriesOf(record, 'filled');
  return everyStep(record.program).flatMap(({ thread, step }) => {
    if (step.do !== 'wait' || step.through !== 'raw-pipe') return [];
    const written = filled.find(({ pipe }) => pipe === step.gate)?.token;
    return spans(record, step.label, (name) => name === thread).flatMap(({ end }) =>
      end?.phase === 'finished' && (written === undefined || end.value !== written)
        ? [
            contradicted(
              `${end.thread} read ${JSON.stringify(end.value ?? null)}, and ${written ?? 'nothing'} was written`,
              [end.n],
            ),
          ]
        : [],
    );
  });
}

/** Every wait at a gate that was begun. Only one on green I/O says at the gate who it is. */
export function waits(record: RunRecord): { span: Span; gate: string }[] {
  return everyStep(record.program).flatMap(({ thread, step }) =>
    step.do !== 'wait' || step.through !== 'green'
      ? []
      : spans(record, step.label, (name) => name === thread).map((span) => ({ span, gate: step.gate })),
  );
}

/** Green threads that were started and have something to report first of all, and did not. */
export function neverRan(record: RunRecord): string[] {
  const reported = new Set(events(record).map(({ thread }) => thread));
  return Object.entries(record.program.threads)
    .filter(([, { steps }]) => steps.some(({ label }) => label !== undefined))
    .flatMap(([name]) => instancesOf(record.program, name))
    .filter((instance) => !reported.has(instance));
}
