import { z } from 'zod';
import { Name, Value } from './names';
import { Step } from './step';

export const GreenThread = z.strictObject({
  steps: z.array(Step),
  count: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe('how many instances a spawn without a count starts; 1 when absent'),
});

/**
 * What a runtime is asked to run: green threads, each a list of steps, and the shared variables' first values. `main`
 * starts and spawns the others; the program ends when `main` does.
 */
export const Program = z
  .strictObject({
    threads: z
      .record(Name, GreenThread)
      .refine((threads) => 'main' in threads, 'a program needs a green thread named main')
      // The same for the JSON Schema, which a refinement does not reach.
      .meta({ required: ['main'] }),
    variables: z.record(Name, Value).optional(),
  })
  .meta({ id: 'Program' });
export type GreenThread = z.infer<typeof GreenThread>;
export type Program = z.infer<typeof Program>;
