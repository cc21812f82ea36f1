import type { Step } from '../program/step';
import type { RunParams } from '../protocol/messages';
import { word } from './capabilities';

/** What a program asks for that is not there, beyond what its schema says; undefined if all is well. */
export function unmet({ program, database }: RunParams, capabilities: ReadonlySet<string>): string | undefined {
  for (const { steps } of Object.values(program.threads)) {
    for (const step of everyStep(steps)) {
      if ('thread' in step && !Object.hasOwn(program.threads, step.thread))
        return `no green thread named ${step.thread}`;
      if (!capabilities.has(word(step))) return `this runtime has no ${word(step)}`;
      if (step.do === 'connect' && database === undefined) return 'a step connects, and there is no database';
    }
  }
  return undefined;
}

function* everyStep(steps: readonly Step[]): Generator<Step, void, undefined> {
  for (const step of steps) {
    yield step;
    if ('steps' in step) yield* everyStep(step.steps);
  }
}
