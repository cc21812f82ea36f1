import type { Step } from './step';

/** How a sleep is called. */
export type SleepForm = 'library 0' | 'library without an argument' | 'standard 0';

/** The step for a form of sleep. */
export function sleepOf(form: SleepForm): Step {
  switch (form) {
    case 'library 0':
      return { do: 'sleep', through: 'library', seconds: 0 };
    case 'library without an argument':
      return { do: 'sleep', through: 'library' };
    case 'standard 0':
      return { do: 'sleep', through: 'standard', seconds: 0 };
  }
}
