import { z } from 'zod';
import { Polarity, Strength } from '../clauses/catalogue';

const Fault = z.object({
  party: z.enum(['adapter', 'runtime', 'database', 'environment', 'user']),
  what: z.string(),
  expected: z.string().optional(),
  came: z.string().optional(),
  advice: z.string().optional(),
  cause: z.string().optional(),
});

const Verdict = z.enum(['pass', 'fail', 'inconclusive', 'not-applicable']);

const ClaimResult = z.object({
  says: z.string(),
  verdict: Verdict,
  why: z.string().optional(),
  against: z.array(z.int()).optional().describe('the numbers of the events that contradict the claim'),
  fault: Fault.optional(),
});

const Expected = z
  .object({
    list: z.enum(['known', 'flaky']),
    reason: z.string(),
    link: z.string().optional(),
    file: z.string(),
    line: z.int(),
  })
  .describe('the entry of the expectations by which this verdict is the expected one');

/** What a run comes to once it is held against what was expected. */
export const Outcome = z.enum(['conforms', 'as-expected', 'differs', 'not-judged']);
export type Outcome = z.infer<typeof Outcome>;

const Deviation = z.object({
  kind: z.enum(['unexpected-pass', 'stale', 'another-reason', 'unexplained']),
  file: z.string(),
  line: z.int().describe('of the entry that is to be changed'),
  says: z.string(),
});
/** An entry of the expectations that does not fit what came. */
export type Deviation = z.infer<typeof Deviation>;

/** What came of one scenario on one runtime. */
export const ScenarioResult = z.object({
  clause: z.string(),
  strength: Strength,
  polarity: Polarity,
  name: z.string(),
  feature: z.string().describe('the feature file'),
  line: z.int(),
  gherkin: z
    .array(z.string())
    .describe('its steps, a line each, with the values of its row where it is one of an outline'),
  verdict: Verdict,
  expected: Expected.optional(),
  repetitions: z
    .object({ passed: z.int(), of: z.int() })
    .optional()
    .describe('of a scenario that is known to be flaky: how many of its runs passed'),
  /** Why it is not a pass, in one line. */
  reason: z.string().optional(),
  /** Where it is not a pass: what happened around what contradicts it, a line an entry. */
  timeline: z.array(z.string()).optional(),
  claims: z.array(ClaimResult),
  milliseconds: z.number().describe('for people and benchmarks; no verdict rests on it'),
  declaredWait: z.number().describe('seconds that the program itself asked to be waited'),
  record: z
    .unknown()
    .optional()
    .describe('the record of the run: all that was seen, from which the verdict can be found again'),
});
export type ScenarioResult = z.infer<typeof ScenarioResult>;

const Platform = z.object({
  os: z.string(),
  architecture: z.string(),
  cores: z.int(),
  node: z.string(),
  procfs: z.boolean(),
});
export type Platform = z.infer<typeof Platform>;

const Database = z.object({ provider: z.string(), server: z.string(), version: z.string() }).nullable();

const Part = z.object({
  file: z.string(),
  date: z.string(),
  verdict: Verdict,
  fault: Fault.optional(),
  scenarios: z.int().describe('how many it brought'),
  platform: Platform,
  database: Database,
});
/** One of the results that a merged one was made of. */
export type Part = z.infer<typeof Part>;

/** A property on which the document is silent: neither pass nor fail. */
export const FactResult = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string().describe('a word or a number of docs/profile.md; or unknown, or not-applicable'),
  detail: z.string().optional().describe('what more there is to say; why there is no answer'),
  record: z.unknown().optional().describe('the record of its run, from which the answer can be found again'),
});
export type FactResult = z.infer<typeof FactResult>;

/** The file of one run: `reports/NAME.json`. */
export const ResultFile = z.object({
  greenspec: z.string().describe('the version of the suite'),
  format: z.literal(2),
  runtime: z.object({
    name: z.string(),
    command: z.array(z.string()),
    named: z
      .boolean()
      .describe(
        'whether its name alone says how it is started, since the suite brings its adapter or a configuration names it',
      ),
    identity: z.unknown(),
  }),
  platform: Platform,
  database: Database,
  date: z.string(),
  verdict: Verdict,
  fault: Fault.optional(),
  expectations: z
    .object({ file: z.string(), outcome: Outcome, deviations: z.array(Deviation) })
    .optional()
    .describe('how the run compares with what was expected; absent where nothing was'),
  parts: z
    .array(Part)
    .optional()
    .describe(
      'the results that this one was merged of; where their platforms or databases differ, its own names all, and the fewest cores',
    ),
  scenarios: z.array(ScenarioResult),
  facts: z.array(FactResult).optional().describe('absent where they were not asked for'),
});
export type ResultFile = z.infer<typeof ResultFile>;
