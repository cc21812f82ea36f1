import type { Program } from './program';
import type { Step } from './step';

/** A step with the green thread of the program that has it. */
export interface Place {
  readonly thread: string;
  readonly step: Step;
}

/** Every step of a program, a nested one after the one that holds it. */
export function everyStep(program: Program): readonly Place[] {
  const known = walked.get(program);
  if (known !== undefined) return known;
  const places = Object.entries(program.threads).flatMap(([thread, { steps }]) => within(thread, steps));
  walked.set(program, places);
  return places;
}

/** A program does not change, and claims walk it again and again. */
const walked = new WeakMap<Program, readonly Place[]>();

/** The instances that a program starts of a green thread, by the names that events give them. */
export function instancesOf(program: Program, thread: string): string[] {
  if (thread === 'main') return ['main'];
  const own = program.threads[thread]?.count ?? 1;
  const counts = everyStep(program).map(({ step }) =>
    step.do === 'spawn' && step.thread === thread ? (step.count ?? own) : 0,
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Array.from({ length: total }, (_, i) => `${thread}#${i + 1}`);
}

function within(thread: string, steps: readonly Step[]): Place[] {
  return steps.flatMap((step) => [{ thread, step }, ...('steps' in step ? within(thread, step.steps) : [])]);
}
