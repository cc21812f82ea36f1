import type { Column } from './picture';

/** Where the columns of two runs stand on one axis, so that what both have in the same order stands in the same place. */
export interface Alignment {
  /** How many places the axis has. */
  readonly length: number;
  /** The place of each column of the one, and of the other. */
  readonly one: readonly number[];
  readonly other: readonly number[];
}

/** By the longest common subsequence of what the columns are known by. */
export function align(one: readonly Column[], other: readonly Column[]): Alignment {
  const common = lengths(one, other);
  const rest = (i: number, j: number): number => common[i]?.[j] ?? -1;
  const places: { one: number[]; other: number[] } = { one: [], other: [] };
  let i = 0;
  let j = 0;
  let length = 0;
  while (i < one.length || j < other.length) {
    const place = length++;
    const same = i < one.length && j < other.length && one[i]?.key === other[j]?.key;
    const first = rest(i + 1, j) >= rest(i, j + 1);
    if (same || first) places.one[i++] = place;
    if (same || !first) places.other[j++] = place;
  }
  return { length, ...places };
}

/** How long the longest common subsequence of what is left of both is, from each place on. */
function lengths(one: readonly Column[], other: readonly Column[]): number[][] {
  const table = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i--) {
    const row = table[i] as number[];
    const next = table[i + 1] as number[];
    for (let j = other.length - 1; j >= 0; j--) {
      row[j] = one[i]?.key === other[j]?.key ? 1 + (next[j + 1] ?? 0) : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}
