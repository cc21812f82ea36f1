import { describe, MISHAPS, type Mishap } from '../../explore/outcome';
import { writeSchedule } from '../../explore/schedule';
import { type TriedOrder, triedOrders } from '../../explore/tried';
import { readGated } from '../../program/gated';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { events } from '../questions';
import type { RunRecord } from '../record';

/** Of all orders, in how many a mishap shows. */
export function showsIn(record: RunRecord, expected: number, all: number, mishap: Mishap): Finding {
  const { orders, complete, strayed } = triedOrders(record);
  const showing = orders.filter(({ outcome }) => MISHAPS[mishap](outcome));
  if (showing.length > expected) return tooOften(record, showing, expected, mishap);
  if (strayed !== undefined)
    return unknown(
      `after ${writeSchedule(strayed.schedule) || 'the start'} it went another way than before under the same schedule`,
    );
  if (record.end.kind === 'cut') return unknown('not all orders were tried');
  if (!complete) return contradicted(`there are more orders than the ${orders.length} that were tried`);
  if (orders.length !== all) return contradicted(`there are ${orders.length} orders, not ${all}`);
  if (showing.length < expected)
    return contradicted(`${mishap} in ${showing.length} of ${all} orders, not in ${expected}`);
  return holds;
}

function tooOften(record: RunRecord, showing: readonly TriedOrder[], expected: number, mishap: Mishap): Finding {
  const [first] = showing;
  if (first === undefined) return holds;
  const schedules = showing.map(({ schedule }) => writeSchedule(schedule)).join(', ');
  const how = describe(first.outcome).join(', ');
  return contradicted(
    `${mishap} in the order${showing.length > 1 ? 's' : ''} ${schedules}${expected > 0 ? `, not in ${expected}` : ''}: ${how}`,
    telling(record, first),
  );
}

/** The numbers of the events of a round that tell what became of shared things. */
function telling(record: RunRecord, { round }: TriedOrder): number[] {
  const { meanings } = readGated(record.program);
  return events(record)
    .filter(({ thread, label, phase }) => {
      const [letter = '', number = ''] = thread.split(/[.#]/);
      if (Number(number) !== round) return false;
      const says = meanings[letter.charCodeAt(0) - 97]?.get(label)?.says;
      return says === 'write' || says === 'read' ? phase === 'finished' : says === 'lock' && phase === 'entered';
    })
    .map(({ n }) => n);
}
