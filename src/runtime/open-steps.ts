import type { StepName } from '../program/plan';
import type { EventParams } from '../protocol/messages';
import type { OpenStep } from '../trace/record';

/** The steps of a run that began and have not ended. They are kept as events come, since every look at the run asks for them. */
export class OpenSteps {
  readonly #open: OpenStep[] = [];

  hear({ thread, label, phase }: Pick<EventParams, 'thread' | 'label' | 'phase'>): void {
    if (phase === 'started') this.#open.push({ thread, label });
    else if (phase !== 'entered') this.#end(thread, label);
  }

  #end(thread: string, label: string): void {
    const index = this.#open.findIndex((step) => step.thread === thread && step.label === label);
    if (index >= 0) this.#open.splice(index, 1);
  }

  /** Those of now, in the order of their beginning: what is heard later does not change the list. */
  list(): readonly OpenStep[] {
    return [...this.#open];
  }

  /** In how many green threads a step goes on. */
  count({ thread, label }: StepName): number {
    return this.#open.filter(
      (step) => step.label === label && (thread === undefined || instanceOf(step.thread, thread)),
    ).length;
  }
}

/** Whether `instance` (`clerk#2`, `main`) is one of the green thread `name`. */
export function instanceOf(instance: string, name: string): boolean {
  return instance === name || instance.startsWith(`${name}#`);
}
