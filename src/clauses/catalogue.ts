import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

export const Strength = z.enum(['must', 'should', 'consequence', 'info']);
export type Strength = z.infer<typeof Strength>;

/** What losing a clause means to code that was written against the document: a danger, a gain, or neither. */
export const Polarity = z.enum(['guarantee', 'hazard', 'advice', 'none']);
export type Polarity = z.infer<typeof Polarity>;

const Clause = z.strictObject({
  id: z.string().regex(/^[A-Z]{2}-\d+[a-z]?$/),
  section: z.string(),
  /** Which sentence of the section: its number, or `code sample`. */
  sentence: z.union([z.int().min(1), z.literal('code sample')]),
  digest: z.string().regex(/^[0-9a-f]{16}$/),
  strength: Strength,
  polarity: Polarity,
  says: z.string(),
  /** Why no scenario stands for it. */
  unscripted: z.string().optional(),
});
export type Clause = z.infer<typeof Clause>;

const Catalogue = z.strictObject({
  document: z.strictObject({ title: z.string(), project: z.string(), from: z.string(), until: z.string() }),
  clauses: z.array(Clause),
});

/** The clauses in the order of the document, from spec/clauses.json. */
export function readCatalogue(root: string): z.infer<typeof Catalogue> {
  return Catalogue.parse(JSON.parse(readFileSync(join(root, 'spec', 'clauses.json'), 'utf8')));
}
