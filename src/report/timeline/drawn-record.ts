import { z } from 'zod';
import { Program } from '../../program/program';
import { EventParams } from '../../protocol/messages';
import type { Entry, RunRecord } from '../../trace/record';

const Lock = z.enum(['advisory', 'row']);
const Thread = z.object({
  ...{ tid: z.number(), name: z.string(), state: z.string() },
  ...{ voluntarySwitches: z.number(), cpu: z.number() },
});
const Reading = z.object({ pid: z.number(), threads: z.array(Thread).readonly() });
const Sight = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.enum(['served', 'over']) }),
  z.object({ outcome: z.enum(['blocked', 'busy']), reading: Reading, unread: z.number() }),
]);
const ServerSight = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('waiting'), lock: Lock, queries: z.number(), state: z.string() }),
  z.object({ outcome: z.literal('over'), lock: Lock }),
]);

const at = z.number();
const place = { gate: z.string(), thread: z.string() };
const DrawnEntry = z.discriminatedUnion('kind', [
  z.object({ at, kind: z.literal('event'), event: EventParams }),
  z.object({ at, kind: z.literal('arrived'), ...place, n: z.number() }),
  z.object({ at, kind: z.literal('opened'), ...place, token: z.string() }),
  z.object({ at, kind: z.literal('flag'), flag: z.string() }),
  z.object({
    at,
    kind: z.literal('called-off'),
    starved: z.object({ thread: z.string(), label: z.string() }).optional(),
  }),
  z.object({ at, kind: z.literal('filled'), pipe: z.string(), token: z.string() }),
  z.object({ at, kind: z.literal('outlasted'), seconds: z.number(), whole: z.boolean() }),
  z.object({ at, kind: z.literal('kernel'), as: z.string(), reading: Reading }),
  z.object({ at, kind: z.literal('watched'), sight: Sight }),
  z.object({ at, kind: z.literal('quiescent'), awaiting: z.string() }),
  z.object({ at, kind: z.literal('server'), sight: ServerSight }),
  z.object({ at, kind: z.literal('row-waits'), threads: z.array(z.string()).readonly() }),
  z.object({ at, kind: z.literal('rows'), round: z.number(), rows: z.record(z.string(), z.string()) }),
  z.object({ at, kind: z.enum(['held', 'released']), lock: Lock }),
]) satisfies z.ZodType<Entry>;

/** What a drawing takes of a run's record. A result file may come from anywhere: what is drawn of it is looked at first. */
export const DrawnRecord = z.object({
  program: Program,
  entries: z.array(DrawnEntry).readonly(),
}) satisfies z.ZodType<Pick<RunRecord, 'program' | 'entries'>>;
export type DrawnRecord = z.infer<typeof DrawnRecord>;
