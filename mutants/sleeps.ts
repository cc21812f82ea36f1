// biome-ignore-all lint/correctness/useYield: what is broken here is that it does not switch
import { Reference } from '../reference-impl/adapter';
import { sleep } from '../reference-impl/greenthread';
import { time } from '../reference-impl/time';
import type { Mutant } from './mutant';

export const sleeps: readonly Mutant[] = [
  {
    name: 'sleep-0-returns-at-once',
    defect: 'A sleep of 0 returns at once, and switches to nobody',
    clause: 'YT-3a',
    claim: '{company} runs meanwhile',
    why: /^no other green thread ran meanwhile$/,
    make: () =>
      new (class extends Reference {
        override readonly sleep: Reference['sleep'] = {
          standard: (...seconds) => time.sleep(...seconds),
          *library(seconds = 0) {
            if (seconds > 0) yield* sleep(seconds);
          },
        };
      })(),
  },
];
