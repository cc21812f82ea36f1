/** One turn of a green thread: what of the shared things it reads and writes, a bit each. */
export interface Turn {
  readonly thread: number;
  readonly reads: number;
  readonly writes: number;
}

/** Whether two turns have something in common that one of them changes, so that their order may matter. */
export function dependent(a: Turn, b: Turn): boolean {
  return a.thread === b.thread || (a.writes & (b.reads | b.writes)) !== 0 || (b.writes & a.reads) !== 0;
}

/**
 * How many orders differ from this one only in turns that have nothing in common: the linear extensions of what depends on what, counted by how far
 * each green thread has come.
 */
export function countOrders(turns: readonly Turn[]): bigint {
  const threads = [...new Set(turns.map(({ thread }) => thread))];
  const own = threads.map((thread) => turns.flatMap((turn, i) => (turn.thread === thread ? [i] : [])));
  // For each turn, how many of each green thread's turns must have come before it.
  const after = turns.map((turn, i) =>
    own.map((theirs) => theirs.findLastIndex((j) => j < i && dependent(turns[j] as Turn, turn)) + 1),
  );
  return count(own, after);
}

function count(own: readonly (readonly number[])[], after: readonly (readonly number[])[]): bigint {
  const known = new Map<string, bigint>();
  const from = (come: readonly number[]): bigint => {
    const key = come.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    let orders = 0n;
    let over = true;
    for (const [t, turns] of own.entries()) {
      const next = turns[come[t] ?? 0];
      if (next === undefined) continue;
      over = false;
      if (after[next]?.every((needed, u) => u === t || (come[u] ?? 0) >= needed))
        orders += from(come.map((n, u) => (u === t ? n + 1 : n)));
    }
    const total = over ? 1n : orders;
    known.set(key, total);
    return total;
  };
  return from(own.map(() => 0));
}
