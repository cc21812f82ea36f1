import { printable } from '../../fault/printable';
import type { ScenarioResult } from '../../verdict/result';
import { DrawnRecord } from '../timeline/drawn-record';
import { type Picture, pictureOf } from '../timeline/picture';

/** Characters of one line of a timeline. */
const LINE = 240;

/** The drawing of a scenario's run, or why there is none. */
export function pictureOfResult({ record, claims }: ScenarioResult): Picture | string {
  if (record === undefined) return 'No program was run.';
  const parsed = DrawnRecord.safeParse(record);
  if (!parsed.success) return 'The record of this run is damaged and cannot be drawn.';
  const picture = pictureOf(
    parsed.data,
    claims.flatMap(({ against = [] }) => against),
  );
  return { ...picture, columns: picture.columns.map((column) => ({ ...column, text: printable(column.text, LINE) })) };
}
