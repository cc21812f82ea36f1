import { printable } from '../../fault/printable';
import type { ScenarioResult } from '../../verdict/result';
import { DrawnRecord } from '../timeline/drawn-record';
import { type Picture, pictureOf } from '../timeline/picture';

/** Characters of one line of a timeline. */
const LINE = 240;

/** Those that were made before: a run is drawn on its scenario's page, and beside every other that differs. */
const made = new WeakMap<ScenarioResult, Picture | string>();

/** The drawing of a scenario's run, or why there is none. */
export function pictureOfResult(result: ScenarioResult): Picture | string {
  const known = made.get(result) ?? draw(result);
  made.set(result, known);
  return known;
}

function draw({ record, claims }: ScenarioResult): Picture | string {
  if (record === undefined) return 'No program was run.';
  const parsed = DrawnRecord.safeParse(record);
  if (!parsed.success) return 'The record of this run is damaged and cannot be drawn.';
  return printablePicture(
    parsed.data,
    claims.flatMap(({ against = [] }) => against),
  );
}

/** The drawing of a run by its record, if that can be drawn. */
export function pictureOfRecord(record: unknown): Picture | undefined {
  const parsed = DrawnRecord.safeParse(record);
  return parsed.success ? printablePicture(parsed.data, []) : undefined;
}

function printablePicture(record: DrawnRecord, against: readonly number[]): Picture {
  const picture = pictureOf(record, against);
  return { ...picture, columns: picture.columns.map((column) => ({ ...column, text: printable(column.text, LINE) })) };
}
