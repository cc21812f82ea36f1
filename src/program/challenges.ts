import type { Plan } from './plan';
import type { Step } from './step';
import { everyStep } from './walk';

/**
 * What is outside of the runtime's process and shows that a green thread did what is reported of it: a gate at which it came, a row that
 * only the server knew, a pipe, a file, a log, and the kernel, which looks at the OS thread while its step goes on.
 */
export type Challenge = 'gate' | 'row' | 'pipe' | 'file' | 'log' | 'kernel';

/** What a step has to show for itself; undefined where it is the adapter's word alone. */
export function challengeOf(step: Step): Exclude<Challenge, 'kernel'> | undefined {
  switch (step.do) {
    case 'wait':
      return step.through === 'green' ? 'gate' : 'pipe';
    case 'query':
      return READS_ROW.test(step.sql) ? 'row' : undefined;
    case 'touch':
      // The text is told by a step with a label only.
      return step.what === 'log' ? 'log' : step.label === undefined ? undefined : 'file';
    default:
      return undefined;
  }
}

const READS_ROW = /\bSELECT value FROM\b/;

/** Every green thread of a plan's program with what it has to show, in the order of its steps; `main` tells the others' ends only. */
export function challengesOf({ program, acts }: Pick<Plan, 'program' | 'acts'>): ReadonlyMap<string, Challenge[]> {
  const found = new Map<string, Set<Challenge>>();
  for (const name of Object.keys(program.threads)) if (name !== 'main') found.set(name, new Set());
  for (const { thread, step } of everyStep(program)) {
    const challenge = challengeOf(step);
    if (challenge !== undefined) found.get(thread)?.add(challenge);
  }
  for (const act of acts) if (act.act === 'watch') found.get(act.step.thread ?? '')?.add('kernel');
  return new Map([...found].map(([name, challenges]) => [name, [...challenges]]));
}

/** How often a step is done in one instance of its green thread that comes to its end, where the program says so by itself. */
export function timesIn(steps: readonly Step[], counts: (step: Step) => boolean): number {
  return steps.reduce((sum, step) => {
    const inner = 'steps' in step ? timesIn(step.steps, counts) * (step.do === 'repeat' ? step.times : 1) : 0;
    return sum + inner + (counts(step) ? 1 : 0);
  }, 0);
}
