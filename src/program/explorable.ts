import { z } from 'zod';
import { Name, Value } from './names';
import { Program } from './program';

/** A program of somebody's own that is to be explored: it may have rows at the server, and say what it has to come to. */
export const Explorable = Program.extend({
  rows: z
    .record(Name, z.union([z.string().max(64), z.number()]))
    .optional()
    .describe(
      'rows at a MySQL server with their first values: a query says {rows} for their table, and {NAME} for the key of one',
    ),
  outcome: z.record(Name, Value).optional().describe('what variables and rows have to hold at the end of every order'),
});
export type Explorable = z.infer<typeof Explorable>;
