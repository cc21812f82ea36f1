import fs from 'node:fs';
import { Reference } from '../reference-impl/adapter';
import type { Mutant } from './mutant';

/**
 * Lines that go to the harness go through `writeSync`: here those of events wait until one of another kind goes. It does so where there
 * is a subject with nobody always ready beside it: of a crowd nothing is asked that rests on when an event is heard, and where somebody
 * turns over and over the suite would wait for what is kept back until its deadline.
 */
function keepEventsBack(): void {
  const write = fs.writeSync as (descriptor: number, line: Uint8Array) => number;
  const kept: string[] = [];
  let isBusy = false;
  const writeLater = (descriptor: number, line: Uint8Array): number => {
    const text = Buffer.from(line).toString();
    const isEvent = text.includes('"method":"event"');
    isBusy = isEvent && (isBusy || /"thread":"(ready|timer)#/.test(text));
    if (isEvent && !isBusy && (kept.length > 0 || text.includes('"thread":"subject#1"'))) kept.push(text);
    else {
      for (const event of kept.splice(0)) write(descriptor, Buffer.from(event));
      write(descriptor, line);
    }
    return line.length;
  };
  fs.writeSync = writeLater as typeof fs.writeSync;
}

export const keptBack: readonly Mutant[] = [
  {
    name: 'events-kept-back',
    defect: 'The adapter keeps the events back, and sends them when the program has ended',
    lie: true,
    why: /^event \d+ was kept back: it (came after what followed it|never came, and what followed it did)$/,
    make: () => {
      keepEventsBack();
      return new Reference();
    },
  },
];
