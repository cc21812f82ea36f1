import { z } from 'zod';
import { Value } from '../program/names';
import { Step } from '../program/step';
import { mishapNames } from './outcome';

const Count = z.string().regex(/^\d+$/).describe('a number, as a string: it may be beyond 2^53');
const Schedule = z.string().describe('letters of green threads, each with its number of turns in a row: a2bab2');
const Letter = z.string().regex(/^[a-z]$/);

const Wait = z.union([
  z.object({ thread: Letter, for: z.literal('lock'), lock: z.string(), holders: z.array(Letter) }),
  z.object({ thread: Letter, for: z.literal('end'), of: Letter }),
  z.object({ thread: Letter, for: z.enum(['answer', 'turn']) }),
]);

const Outcome = z.object({
  variables: z.record(z.string(), Value),
  lost: z.int().describe('updates of which nothing is left'),
  stale: z.int().describe('writes made because of a look that was out of date'),
  together: z.array(z.string()).describe('locks in which two were inside together'),
  raised: z.record(z.string(), z.string()).describe('what green threads raised, by their letters'),
  rows: z.record(z.string(), z.string()).optional().describe('what the rows at the server held at the end'),
  ended: z
    .array(z.object({ thread: Letter, code: z.literal([1205, 1213]) }))
    .optional()
    .describe('queries that the server ended with an error for the locks that others had'),
  wrong: z
    .record(z.string(), Value)
    .optional()
    .describe('what variables and rows should have held that held something else'),
  waits: z.array(Wait).describe('those who never came to their end, and what they wait for'),
  cut: z.boolean().describe('given up after many turns'),
});

const Mishap = z.enum(mishapNames);

/** The file of one exploration: `reports/explore-NAME-SCENARIO.json`. */
export const ExplorationFile = z.object({
  kind: z.literal('exploration').describe('what tells it from the result of a run'),
  greenspec: z.string().describe('the version of the suite'),
  format: z.literal(1),
  runtime: z.object({
    name: z.string(),
    by: z.enum(['gates', 'hub']).describe("led through gates, or by the reference's own hub"),
    identity: z.unknown(),
  }),
  database: z
    .object({ server: z.string(), version: z.string(), provider: z.string() })
    .nullable()
    .describe('the server that queries went to; null where there are none'),
  scenario: z.object({ name: z.string(), place: z.string().describe('the feature and line, or the program file') }),
  threads: z.array(z.object({ letter: Letter, name: z.string(), steps: z.array(Step) })),
  date: z.string(),
  verdict: z.enum(['pass', 'fail', 'inconclusive']),
  reason: z.string(),
  complete: z.boolean().describe('whether every order was tried, or is stood for by one that was'),
  bounds: z.array(z.enum(['switches', 'schedules', 'turns', 'seed'])).describe('what left orders out'),
  schedules: z.int().describe('how many were tried'),
  orders: Count.describe('how many orders these stand for'),
  mishaps: z.array(z.object({ mishap: Mishap, orders: Count, expected: Count.nullable() })),
  ways: z
    .array(
      z.object({
        outcome: Outcome,
        mishaps: z.array(Mishap),
        orders: Count,
        schedules: z.int(),
        example: Schedule.describe('of those that come out so, one with the fewest switches that was tried'),
        switches: z.int(),
      }),
    )
    .describe('how orders come out: one entry for each way'),
  strip: z
    .array(
      z.object({
        schedule: Schedule,
        orders: Count.optional().describe('absent of an example that was tried after the first thousand'),
        way: z.int().describe('its place among the ways'),
        timeline: z
          .array(z.string())
          .optional()
          .describe('what happened when it was run once more; of the first hundred, and of each example'),
      }),
    )
    .describe('the first thousand schedules in the order of trying, and the examples of all ways'),
  again: z.string().describe('the command that replays a schedule, which stands in it as SCHEDULE'),
  shown: z
    .object({
      mishap: Mishap,
      schedule: Schedule,
      switches: z.int(),
      timeline: z.array(z.string()),
      replay: z.string(),
      record: z.unknown().describe('what was seen under it: the program and the entries of the run'),
    })
    .optional()
    .describe('a schedule that shows a mishap, with as few switches as can be'),
  repeated: z.int().describe('schedules that were run twice, to see whether they come to the same'),
  uncontrolled: z.string().optional().describe('where the same schedule went another way, or came to another outcome'),
});
export type ExplorationFile = z.infer<typeof ExplorationFile>;
