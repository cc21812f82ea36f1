import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What to look for in code, and what to change, where a clause stops holding, and where it begins to. */
const Advice = z.strictObject({ lost: z.string(), gained: z.string() });
export type Advice = z.infer<typeof Advice>;

/** Advice by the clause's id, from spec/advice.json. */
export function readAdvice(root: string): Readonly<Record<string, Advice>> {
  return z.record(z.string(), Advice).parse(JSON.parse(readFileSync(join(root, 'spec', 'advice.json'), 'utf8')));
}
