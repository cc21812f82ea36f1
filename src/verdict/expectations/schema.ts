import { z } from 'zod';

/** A reason that begins so is none yet: somebody has to write it. */
export const TODO = 'TODO';

/** How often a flaky scenario may be run within one run. */
const MOST = 100;

const target = {
  clause: z
    .string()
    .regex(/^[A-Z]{2}-\d+[a-z]?$/, 'no id of a clause, such as TM-2')
    .optional()
    .describe('the clause of the scenario; alone, it stands for all scenarios of the clause, some of which must fail'),
  scenario: z
    .string()
    .min(1)
    .optional()
    .describe("a scenario's whole name; or the beginning of names, ended by *: all rows of an outline, say"),
  reason: z
    .string()
    .min(1)
    .describe('why it differs, in words for whoever reads the results; TODO: nobody has said yet'),
  link: z
    .url({ protocol: /^https?$/, error: 'no address that begins with https:// or http://' })
    .optional()
    .describe('where more is said of it: a bug, a page of documentation. Without one the entry counts as unexplained'),
  why: z
    .string()
    .min(1)
    .optional()
    .describe("what the failed claim's `why` must contain; a failure for another reason is not expected"),
};

/** One of the two says what the entry is about; the JSON Schema is told in its own words. */
const NAMES_SOMETHING = { anyOf: [{ required: ['clause'] }, { required: ['scenario'] }] };
const namesSomething = ({
  clause,
  scenario,
}: {
  clause?: string | undefined;
  scenario?: string | undefined;
}): boolean => clause !== undefined || scenario !== undefined;
const NAMES_NOTHING = 'names neither a clause nor a scenario';

export const Known = z.strictObject(target).refine(namesSomething, NAMES_NOTHING).meta(NAMES_SOMETHING);

export const Flaky = z
  .strictObject({
    ...target,
    repeat: z.int().min(2).max(MOST).describe('how often the scenario is run within one run'),
  })
  .refine(namesSomething, NAMES_NOTHING)
  .meta(NAMES_SOMETHING);

/** The file that says in what a runtime is known to differ: docs/expectations.md. */
export const ExpectationFile = z.strictObject({
  known: z.array(Known).optional().describe('what is known to fail'),
  flaky: z.array(Flaky).optional().describe('what is known to fail at times: judged over repetitions'),
});

/** An entry of the file, and the line on which it begins. */
export interface Entry {
  readonly list: 'known' | 'flaky';
  readonly line: number;
  readonly clause?: string | undefined;
  readonly scenario?: string | undefined;
  readonly reason: string;
  readonly link?: string | undefined;
  readonly why?: string | undefined;
  readonly repeat?: number;
}

/** An entry's target in words: `TM-2`, `"A sleep…"`, or `"A sleep…" of TM-2`. */
export function targetOf({ clause, scenario }: Pick<Entry, 'clause' | 'scenario'>): string {
  if (scenario === undefined) return clause ?? '';
  return clause === undefined ? `"${scenario}"` : `"${scenario}" of ${clause}`;
}
