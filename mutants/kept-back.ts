import fs from 'node:fs';
import { Reference } from '../reference-impl/adapter';
import type { Mutant } from './mutant';

/** Lines that go to the harness go through `writeSync`; here those of events wait until one of another kind goes. */
function keepEventsBack(): void {
  const write = fs.writeSync as (descriptor: number, line: Uint8Array) => number;
  let kept: Uint8Array[] = [];
  const writeLater = (descriptor: number, line: Uint8Array): number => {
    const isEvent = Buffer.from(line).includes('"method":"event"');
    if (isEvent) kept.push(Buffer.from(line));
    else {
      for (const event of kept) write(descriptor, event);
      kept = [];
      write(descriptor, line);
    }
    return line.length;
  };
  fs.writeSync = writeLater as typeof fs.writeSync;
}

export const keptBack: readonly Mutant[] = [
  {
    name: 'events-kept-back',
    defect: 'The adapter keeps all events back, and sends them when the program has ended',
    lie: true,
    why: /^event \d+ was kept back: it came after what followed it$/,
    make: () => {
      keepEventsBack();
      return new Reference();
    },
  },
];
