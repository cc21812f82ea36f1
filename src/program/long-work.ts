import { type Activity, began, IT, it, SUBJECT, TIMER_SECONDS, watch } from './activities';
import { type Act, MESSENGER } from './plan';
import { type SleepForm, sleepOf } from './sleep-form';
import type { Step } from './step';

/** The slices of a long computation; more than one, for a hub may serve timers and I/O only now and then. */
const SLICES = 10;
export const SLICE = 'slice';
export const GAP = 'gap';

/** A long computation in slices, each ended by the harness, with a sleep of 0 in every gap; progress is read before and after each. */
export function computesInSlices(): Activity {
  const flags = Array.from({ length: SLICES }, (_, i) => `slice-${i + 1}`);
  const slice = (until: string): Step[] => [
    { do: 'compute', label: SLICE, until },
    { do: 'get', label: 'gap-before', variable: 'ticks' },
    { do: 'sleep', label: GAP, through: 'library', seconds: 0 },
    { do: 'get', label: 'gap-after', variable: 'ticks' },
  ];
  const first: Act[] = [
    began,
    { act: 'open', gate: MESSENGER.gate },
    { act: 'outlast', seconds: TIMER_SECONDS, step: it },
  ];
  const end = (flag: string, i: number): Act[] => [
    { act: 'await', step: { thread: SUBJECT, label: SLICE }, phase: 'started', count: i + 1 },
    { act: 'raise', flag },
  ];
  return {
    steps: [{ do: 'call', label: IT, depth: 1, steps: flags.flatMap(slice) }],
    during: [...first, ...flags.flatMap(end)],
  };
}

/** Three green threads that yield three times in one form of sleep, and then three others in another. */
export function takesTurns(first: SleepForm, second: SleepForm): Activity {
  const turns = (form: SleepForm): Step => ({
    do: 'repeat',
    times: 3,
    steps: [{ do: 'set', label: 'turn', variable: 'scratch', value: 1 }, sleepOf(form)],
  });
  return {
    steps: [
      { do: 'spawn', thread: 'first' },
      { do: 'join', label: 'first-round', thread: 'first' },
      { do: 'spawn', thread: 'second' },
      { do: 'join', label: IT, thread: 'second' },
    ],
    started: {
      first: { count: 3, steps: [turns(first)] },
      second: { count: 3, steps: [turns(second)] },
    },
  };
}

/** A read from a pipe by plain calls, which the harness fills when it has seen enough. */
export function readsPipe(): Activity {
  return {
    steps: [{ do: 'wait', label: IT, gate: 'plain', through: 'raw-pipe' }],
    during: [began, watch, { act: 'outlast', seconds: TIMER_SECONDS, step: it }, { act: 'fill', pipe: 'plain' }],
  };
}
