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

/** The file of one run: `reports/NAME.json`. */
export const ResultFile = z.object({
  greenspec: z.string().describe('the version of the suite'),
  format: z.literal(2),
  runtime: z.object({
    name: z.string(),
    command: z.array(z.string()),
    shipped: z.boolean().describe('whether the suite brings its adapter'),
    identity: z.unknown(),
  }),
  platform: z.object({
    os: z.string(),
    architecture: z.string(),
    cores: z.int(),
    node: z.string(),
    procfs: z.boolean(),
  }),
  database: z.object({ provider: z.string(), server: z.string(), version: z.string() }).nullable(),
  date: z.string(),
  verdict: Verdict,
  fault: Fault.optional(),
  scenarios: z.array(ScenarioResult),
});
export type ResultFile = z.infer<typeof ResultFile>;
