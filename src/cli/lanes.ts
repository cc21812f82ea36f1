/**
 * Does work for each of several, so many at a time, in their order; what came of them is in that order, too. Once one has failed no more is begun;
 * what was begun comes to its end before the error is thrown.
 */
export async function inLanes<T, R>(
  lanes: number,
  items: readonly T[],
  work: (item: T, i: number) => Promise<R>,
): Promise<R[]> {
  const results: Promise<R>[] = [];
  let failed = false;
  const lane = async (): Promise<void> => {
    for (let i = results.length; i < items.length && !failed; i = results.length) {
      const result = work(items[i] as T, i);
      results.push(result);
      await result.catch(() => {
        failed = true;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return Promise.all(results);
}
