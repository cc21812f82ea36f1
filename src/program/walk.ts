import type { Program } from './program';
import type { Step } from './step';

/** A step with the green thread of the program that has it. */
export interface Place {
  readonly thread: string;
  readonly step: Step;
}

/** Every step of a program, a nested one after the one that holds it. */
export function everyStep(program: Program): readonly Place[] {
  return walk(program).places;
}

/** The instances that a program starts of a green thread, by the names that events give them. */
export function instancesOf(program: Program, thread: string): string[] {
  if (thread === 'main') return ['main'];
  return Array.from({ length: walk(program).spawned.get(thread) ?? 0 }, (_, i) => `${thread}#${i + 1}`);
}

interface Walk {
  readonly places: readonly Place[];
  /** How many instances of each green thread are started. */
  readonly spawned: ReadonlyMap<string, number>;
}

/** A program does not change, and claims walk it again and again. */
const walked = new WeakMap<Program, Walk>();

function walk(program: Program): Walk {
  const known = walked.get(program);
  if (known !== undefined) return known;
  const places = Object.entries(program.threads).flatMap(([thread, { steps }]) => within(thread, steps));
  const spawned = new Map<string, number>();
  for (const { step } of places) {
    if (step.do !== 'spawn') continue;
    const count = step.count ?? program.threads[step.thread]?.count ?? 1;
    spawned.set(step.thread, (spawned.get(step.thread) ?? 0) + count);
  }
  const made = { places, spawned };
  walked.set(program, made);
  return made;
}

/** How many green threads a program starts, with `main`. */
export function countInstances(program: Program): number {
  return [...walk(program).spawned.values()].reduce((sum, count) => sum + count, 1);
}

function within(thread: string, steps: readonly Step[]): Place[] {
  return stepsWithin(steps).map((step) => ({ thread, step }));
}

/** Every one of some steps, a nested one after the one that holds it. */
export function stepsWithin(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...('steps' in step ? stepsWithin(step.steps) : [])]);
}
