import { z } from 'zod';

/**
 * A name in a program: of a green thread, a variable, a gate, a label. Short and without spaces, since names travel in
 * a gate's one-line hello and in a query's comment.
 */
export const Name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,39}$/, 'a letter, then at most 39 letters, digits, or _ . -')
  .describe('a name: a letter, then at most 39 letters, digits, or _ . -');

/** What variables hold and steps give. Integers beyond 2^53 travel as strings, rows as lists of lists. */
export type Value = string | number | boolean | null | readonly Value[];
export const Value: z.ZodType<Value> = z
  .lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(Value)]))
  .meta({ id: 'Value' });
