import type { Plan } from './plan';
import type { Step } from './step';
import { everyStep } from './walk';

/** What a runtime must declare for a program to apply to it, in the words of docs/protocol.md: derived, never tagged by hand. */
export function needsOf({ program, patched }: Pick<Plan, 'program' | 'patched'>): readonly string[] {
  const mode = patched === undefined ? [] : [modeOf({ patched })];
  return [...new Set([...mode, ...everyStep(program).map(({ step }) => capabilityOf(step))])].sort();
}

/** The word for the mode that a plan asks for. */
export function modeOf({ patched }: Pick<Plan, 'patched'>): string {
  return patched === false ? 'patch/off' : 'patch/on';
}

/** The word for what a step takes: its name, and the kind of it where there are several. */
export function capabilityOf(step: Step): string {
  switch (step.do) {
    case 'sleep':
      return (step.seconds ?? 0) < 0 ? 'sleep/negative' : `${step.do}/${step.through}`;
    case 'spawn':
      return step.through === undefined ? step.do : `${step.do}/${step.through}`;
    case 'call':
      return step.via === undefined ? step.do : `${step.do}/${step.via}`;
    case 'hold':
      return `${step.do}/${step.lock}`;
    case 'wait':
      return `${step.do}/${step.through}`;
    case 'connect':
      return `${step.do}/${step.driver}`;
    case 'touch':
      return `${step.do}/${step.what}`;
    default:
      return step.do;
  }
}
