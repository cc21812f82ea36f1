/** So many entries are drawn at most; a longer run is shown where it begins, where it ends, and around what contradicts a claim. */
const COLUMNS = 100;
/** Entries shown before and after one that contradicts. */
const AROUND = 12;

/** Which entries are drawn: their places, in order. */
export function choose(contradicts: readonly boolean[]): number[] {
  const places = contradicts.map((_, i) => i);
  if (places.length <= COLUMNS) return places;
  const chosen = new Set<number>();
  const marked = places.filter((i) => contradicts[i]);
  const wanted = [
    ...places.slice(0, COLUMNS / 4),
    ...places.slice(-COLUMNS / 4),
    ...marked.flatMap((i) => places.slice(Math.max(0, i - AROUND), i + AROUND + 1)),
    ...places,
  ];
  for (const i of wanted) {
    if (chosen.size === COLUMNS) break;
    chosen.add(i);
  }
  return [...chosen].sort((a, b) => a - b);
}
