import { needsOf } from '../src/program/needs';
import type { Plan } from '../src/program/plan';
import type { Step } from '../src/program/step';
import { countInstances, everyStep } from '../src/program/walk';

/** Whether a program can reach what is broken. */
export type Reach = (plan: Plan) => boolean;

/** By steps of these words alone (the capabilities of docs/protocol.md). */
export function takes(...words: readonly string[]): Reach {
  return (plan) => {
    const needs = needsOf(plan);
    return words.some((word) => needs.includes(word));
  };
}

/** By such steps alone. */
export function someStep(such: (step: Step) => boolean): Reach {
  return ({ program }) => everyStep(program).some(({ step }) => such(step));
}

/** By a green thread that raises: by itself, or by a query that fails. */
export const raises: Reach = takes('raise', 'query');

/** By the sleeps alone that name how long, or that do not. */
export const sleepsForLonger: Reach = someStep((step) => step.do === 'sleep' && (step.seconds ?? 0) > 0);
export const sleepsWithoutArgument: Reach = someStep((step) => step.do === 'sleep' && step.seconds === undefined);

/** By the library's sleeps alone that only let others run. */
export const sleepsFor0: Reach = someStep(
  (step) => step.do === 'sleep' && step.through === 'library' && (step.seconds ?? 0) === 0,
);

/** Where so many green threads are started besides main. */
export function spawns(count: number): Reach {
  return ({ program }) => countInstances(program) > count;
}

/** In a process alone that is not patched. */
export const inUnpatchedProcess: Reach = ({ patched }) => patched === false;

/** In a process alone that is patched: the usual one. */
export const inPatchedProcess: Reach = (plan) => !inUnpatchedProcess(plan);
