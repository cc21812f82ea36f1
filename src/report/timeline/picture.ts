import type { Entry } from '../../trace/record';
import { tell } from '../../trace/timeline';
import { type Bar, stepBars, witnessBars } from './bars';
import { captionsOf } from './captions';
import { choose } from './columns';
import type { DrawnRecord } from './drawn-record';
import { type Lane, lanesOf } from './lanes';
import { type Mark, marksOf } from './marks';

/**
 * A run as it is drawn: a column for each thing that came to be known, since order is what counts, and a lane for each that
 * acts. Bars and marks stand in columns, where a lane's bars are sorted so that what lies in another comes after it.
 */
export interface Picture {
  readonly columns: readonly Column[];
  readonly lanes: readonly Lane[];
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
  /** Of how many entries there is no column, since there are too many. */
  readonly leftOut: number;
}

export interface Column {
  /** Milliseconds since the run began; no more than a help to the reader. */
  readonly at: number;
  /** Who is heard of: a green thread, or the suite and its witnesses. */
  readonly who: string;
  /** The number of the event, if it is one. */
  readonly n?: number;
  readonly text: string;
  /** What the same thing in another run is known by. */
  readonly key: string;
  /** A claim is contradicted by it. */
  readonly contradicts: boolean;
  /** How many entries were left out right before it. */
  readonly skipped: number;
}

/** @param against numbers of the events that contradict a claim */
export function pictureOf({ program, entries }: DrawnRecord, against: readonly number[]): Picture {
  const contradicts = entries.map((entry) => entry.kind === 'event' && against.includes(entry.event.n));
  const chosen = choose(contradicts);
  const lanes = lanesOf(entries, against);
  const columns = chosen.map(
    (place, i): Column => ({
      ...named(entries[place] as Entry),
      contradicts: contradicts[place] === true,
      skipped: place - (chosen[i - 1] ?? -1) - 1,
    }),
  );
  const bars = [...stepBars(entries, lanes, captionsOf(program)), ...witnessBars(entries, lanes)];
  return {
    columns,
    lanes,
    bars: inColumns(bars, chosen).sort((a, b) => a.depth - b.depth),
    marks: marksOf(entries, lanes).flatMap((mark) => {
      const at = chosen.indexOf(mark.at);
      return at < 0 ? [] : [{ ...mark, at }];
    }),
    leftOut: entries.length - chosen.length,
  };
}

function named(entry: Entry): Pick<Column, 'at' | 'who' | 'n' | 'text' | 'key'> {
  const { at } = entry;
  const text = tell(entry);
  if (entry.kind === 'event') {
    const { n, thread, label, phase } = entry.event;
    return { at, who: thread, n, text, key: `${thread} ${label} ${phase}` };
  }
  const what = 'sight' in entry ? entry.sight.outcome : 'gate' in entry ? `${entry.gate} ${entry.thread}` : '';
  return { at, who: '', text, key: `${entry.kind} ${what}` };
}

/** Bars of which something is drawn, from the first to the last column that lies in them. */
function inColumns(bars: readonly Bar[], chosen: readonly number[]): Bar[] {
  return bars.flatMap((bar) => {
    const from = chosen.findIndex((place) => place >= bar.from);
    const to = chosen.findLastIndex((place) => place <= bar.to);
    return from < 0 || to < from ? [] : [{ ...bar, from, to }];
  });
}
