import { z } from 'zod';
import { Strength } from '../../clauses/catalogue';
import { type Comparison, Effect } from '../compare';
import { identityOf } from '../site/identity';
import { Standing } from '../site/standing';

const Runtime = z
  .object({ name: z.string() })
  .catchall(z.string())
  .describe('its name, and what it was tested as: versions, lock, drivers, server, machine');

const ScenarioDifference = z.object({
  name: z.string(),
  strength: Strength,
  before: Standing,
  after: Standing,
  effect: Effect,
  reason: z.string().optional().describe('why it is no pass, on the one where it is none'),
});

const ClauseDifference = z.object({
  clause: z.string(),
  says: z.string(),
  before: Standing,
  after: Standing,
  effect: Effect,
  partly: z.boolean().describe('the clause as a whole stands alike, and some of its scenarios do not'),
  advice: z.string().optional(),
  scenarios: z.array(ScenarioDifference).min(1),
});

/** What `greenspec compare --json` prints. Fields may be added; none changes its meaning. */
export const ComparisonData = z.object({
  from: Runtime,
  to: Runtime,
  differences: z.array(ClauseDifference).describe('what is dangerous comes first'),
  alike: z.array(z.string()).describe('clauses that stand alike in all their scenarios'),
  capabilities: z
    .array(z.object({ word: z.string(), advice: z.string().optional() }))
    .describe('what the one declares and the other does not'),
});
export type ComparisonData = z.infer<typeof ComparisonData>;

/** A comparison for other programs. */
export function comparisonData({ from, to, differences, alike, capabilities }: Comparison): ComparisonData {
  return {
    from: { name: from.name, ...Object.fromEntries(identityOf(from.file)) },
    to: { name: to.name, ...Object.fromEntries(identityOf(to.file)) },
    differences: differences.map(({ clause, scenarios, ...one }) => ({
      clause: clause.id,
      says: clause.says,
      ...one,
      scenarios: scenarios.map(({ scenario, ...difference }) => ({ name: scenario.name, ...difference })),
    })),
    alike: alike.map(({ id }) => id),
    capabilities: [...capabilities],
  };
}
