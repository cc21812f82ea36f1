import type { Program } from '../../program/program';
import type { Step } from '../../program/step';

/** What the labelled steps of a program do, in a few words, by the name of the green thread and the label. */
export type Captions = (thread: string, label: string) => string;

export function captionsOf(program: Program): Captions {
  const captions = new Map<string, string>();
  for (const [name, { steps }] of Object.entries(program.threads)) {
    for (const step of everyStep(steps)) {
      if (step.label !== undefined) captions.set(`${name} ${step.label}`, captionOf(step));
    }
  }
  return (thread, label) => captions.get(`${programName(thread)} ${label}`) ?? label;
}

/** `ready` of `ready#12`. */
export function programName(instance: string): string {
  return instance.replace(/#\d+$/, '');
}

function* everyStep(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    if ('steps' in step) yield* everyStep(step.steps);
  }
}

function captionOf(step: Step): string {
  switch (step.do) {
    case 'spawn':
      return `starts ${step.thread}${step.through === 'pool' ? ' in the pool' : ''}`;
    case 'join':
      return `waits for ${step.thread} to end`;
    case 'kill':
      return `kills ${step.thread}`;
    case 'return':
      return 'returns';
    case 'raise':
      return `raises ${step.error}`;
    case 'attempt':
      return 'tries';
    case 'timeout':
      return `for at most ${step.seconds} s`;
    case 'sleep':
      return `sleep(${step.seconds ?? ''})${step.through === 'standard' ? ' of the standard library' : ''}`;
    case 'yield':
      return 'yields';
    case 'compute':
      return 'computes';
    case 'wait':
      return step.through === 'green' ? `waits for bytes at ${step.gate}` : 'reads a pipe';
    case 'call':
      return `nested calls, ${step.depth} deep${step.via === 'callback' ? ', from a callback' : ''}`;
    case 'touch':
      return step.what === 'file' ? 'reads a file' : 'writes a log line';
    case 'get':
      return `reads ${step.variable}`;
    case 'set':
      return `writes ${step.variable}`;
    case 'when':
      return 'if';
    case 'synchronized':
      return `lock ${step.name}`;
    case 'hold':
      return step.lock === 'log' ? "the logger's lock" : 'a lock made before patching';
    case 'connect':
      return `connects (${step.driver})`;
    case 'query':
      return 'query';
    case 'close':
      return 'closes';
    case 'repeat':
      return `${step.times} times`;
    case 'until':
      return `until ${step.variable} is ${JSON.stringify(step.is)}`;
  }
}
