import type { Clause } from '../../clauses/catalogue';
import { versionOf } from './identity';
import type { RuntimeOnSite } from './model';
import type { Standing } from './standing';

/** What came of a runtime in one sentence that can be quoted by itself. */
export function quote(clauses: readonly Clause[], { file, standings }: RuntimeOnSite): string {
  const { database, date } = file;
  const server = database === null ? 'without MySQL' : `with ${database.server} ${database.version}`;
  const parts = PARTS.flatMap(([standing, one, many]) => {
    const ids = clauses
      .filter(({ id, unscripted }) => unscripted === undefined && standings.get(id)?.standing === standing)
      .map(({ id }) => id);
    if (ids.length === 0) return [];
    const words = `${ids.length} ${ids.length === 1 ? one : many}`;
    return [standing === 'holds' || standing === 'not-run' ? words : `${words} (${ids.join(', ')})`];
  });
  const what = parts.length === 0 ? 'nothing was judged' : parts.join(', ');
  return `${versionOf(file)} ${server}, ${date.slice(0, 10)}: ${what}.`;
}

const PARTS: readonly [Standing, string, string][] = [
  ['holds', 'clause holds', 'clauses hold'],
  ['lost', 'guarantee lost', 'guarantees lost'],
  ['gone', 'hazard gone', 'hazards gone'],
  ['differs', 'clause differs', 'clauses differ'],
  ['open', 'inconclusive', 'inconclusive'],
  ['not-applicable', 'not applicable', 'not applicable'],
  ['not-run', 'not run', 'not run'],
];
