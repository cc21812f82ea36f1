import type { Plan } from './plan';
import type { Step } from './step';

/** What a runtime must declare for a program to apply to it, in the words of docs/protocol.md: derived, never tagged by hand. */
export function needsOf({ program, patched }: Pick<Plan, 'program' | 'patched'>): readonly string[] {
  const needs = new Set<string>(patched === undefined ? [] : [modeOf({ patched })]);
  for (const { steps } of Object.values(program.threads)) collect(steps, needs);
  return [...needs].sort();
}

/** The word for the mode that a plan asks for. */
export function modeOf({ patched }: Pick<Plan, 'patched'>): string {
  return patched === false ? 'patch/off' : 'patch/on';
}

function collect(steps: readonly Step[], needs: Set<string>): void {
  for (const step of steps) {
    needs.add(capabilityOf(step));
    if ('steps' in step) collect(step.steps, needs);
  }
}

/** The word for what a step takes: its name, and the kind of it where there are several. */
function capabilityOf(step: Step): string {
  switch (step.do) {
    case 'sleep':
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
