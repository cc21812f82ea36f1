import { scaleBand, scaleLinear } from 'd3-scale';
import type { JSX } from 'preact';
import type { Bar } from './bars';
import type { Mark } from './marks';
import type { Column, Picture } from './picture';
import { clock, sentence } from './words';

/** Lengths in the units of the drawing, which are pixels. */
const LANE = 26;
const AXIS = 34;
/** A short run is drawn as wide as a page is, a long one as narrow as can be read. */
const WIDTH = 1080;
const COLUMN = { narrowest: 24, widest: 48 };
/** About the width of a character of a caption. */
const CHARACTER = 6.5;
/** Every so many columns the clock is shown. */
const CLOCK = 6;

/** In which place of a common axis each column stands, and how many places there are. */
export interface Axis {
  readonly places: readonly number[];
  readonly length: number;
}

interface DrawingProps {
  readonly picture: Picture;
  /** What the drawing is of, for those who do not see it. */
  readonly title: string;
  /** With none, each column has its own place. */
  readonly axis?: Axis | undefined;
}

/** The swim-lanes of a run. */
export function Drawing({ picture, title, axis }: DrawingProps): JSX.Element {
  const { columns, lanes, bars, marks } = picture;
  const places = axis?.places ?? columns.map((_, i) => i);
  const length = axis?.length ?? columns.length;
  const column = Math.min(COLUMN.widest, Math.max(COLUMN.narrowest, Math.floor(WIDTH / length)));
  const width = length * column;
  const height = AXIS + lanes.length * LANE;
  const x = scaleLinear([0, length], [0, width]);
  const y = scaleBand(
    lanes.map((_, i) => i),
    [AXIS, AXIS + lanes.length * LANE],
  );
  const scales: Scales = { column, left: (i) => x(places[i] ?? 0), top: (lane) => y(lane) ?? 0 };
  const { left, top } = scales;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      {lanes.map((lane, i) => (
        <rect class={`lane of-${lane.kind}`} x={0} y={top(i)} width={width} height={LANE} />
      ))}
      {bars.map((bar) => (
        <Shade bar={bar} lanes={lanes} scales={scales} />
      ))}
      {columns.map((moment, i) => (
        <Moment moment={moment} i={i} x={left(i)} column={column} height={height} />
      ))}
      {marks.map((mark) => mark.to !== undefined && <Tie mark={mark} scales={scales} />)}
      {bars.map((bar) => (
        <BarShape bar={bar} scales={scales} />
      ))}
      {marks.map((mark) => (
        <MarkShape mark={mark} x={left(mark.at) + column / 2} y={top(mark.lane) + LANE / 2} />
      ))}
    </svg>
  );
}

interface Scales {
  /** How wide a column is. */
  readonly column: number;
  readonly left: (column: number) => number;
  readonly top: (lane: number) => number;
}

/** A column: its place on the axis, what is told there, and whether it contradicts a claim. */
function Moment({
  moment,
  i,
  x,
  column,
  height,
}: {
  moment: Column;
  i: number;
  x: number;
  column: number;
  height: number;
}) {
  const middle = x + column / 2;
  return (
    <g class={moment.contradicts ? 'moment contradicts' : 'moment'}>
      <title>{sentence(moment)}</title>
      <rect x={x} y={0} width={column} height={height} />
      {i % CLOCK === 0 && (
        <text class="clock" x={x + 2} y={11}>
          {clock(moment.at)}
        </text>
      )}
      {moment.n !== undefined && (
        <text class="number" x={middle} y={AXIS - 8}>
          {moment.n}
        </text>
      )}
      {moment.contradicts && <path class="arrow" d={`M${middle - 5} 13h10l-5 7z`} />}
      {moment.skipped > 0 && <path class="skipped" d={`M${x} 14V${height}`} />}
    </g>
  );
}

/** While the OS thread was seen to be held up, the lanes of all green threads are shaded: none of them could run. */
function Shade({ bar, lanes, scales }: { bar: Bar; lanes: Picture['lanes']; scales: Scales }) {
  if (bar.kind !== 'asleep' && bar.kind !== 'busy') return null;
  const threads = lanes.filter(({ kind }) => kind === 'thread').length;
  const x = scales.left(bar.from);
  return (
    <rect
      class={`shade ${bar.kind}`}
      x={x}
      y={AXIS}
      width={scales.left(bar.to) + scales.column - x}
      height={threads * LANE}
    />
  );
}

function BarShape({ bar, scales: { column, left, top } }: { bar: Bar; scales: Scales }) {
  const inset = Math.min(bar.depth, 3) * 3;
  const from = left(bar.from) + 3;
  const width = left(bar.to) + column - 3 - from;
  const y = top(bar.lane) + 3 + inset;
  const room = Math.floor((width - 6) / CHARACTER);
  return (
    <g class={`bar ${bar.kind}${bar.open ? ' open' : ''}`}>
      <title>{bar.open ? `${bar.text} (not ended)` : bar.text}</title>
      <rect x={from} y={y} width={width} height={LANE - 6 - inset} rx={3} />
      <Caption bar={bar} room={room} inside={from + 4} beside={from + width + 5} y={top(bar.lane) + LANE / 2 + 4} />
    </g>
  );
}

interface CaptionProps {
  readonly bar: Bar;
  /** How many characters the bar has room for. */
  readonly room: number;
  readonly inside: number;
  readonly beside: number;
  readonly y: number;
}

/** A bar's text stands in it; what the kernel saw is said in full, beside it if need be, for its lane is empty there. */
function Caption({ bar: { text, kind }, room, inside, beside, y }: CaptionProps) {
  const whole = text.length <= room;
  if (!whole && (kind === 'asleep' || kind === 'busy' || kind === 'served')) {
    return (
      <text x={beside} y={y}>
        {text}
      </text>
    );
  }
  if (room < 4) return null;
  return (
    <text x={inside} y={y}>
      {whole ? text : `${text.slice(0, room - 1)}…`}
    </text>
  );
}

/** A line between a gate and the green thread that comes to it, or is let through. */
function Tie({ mark, scales: { column, left, top } }: { mark: Mark; scales: Scales }) {
  const x = left(mark.at) + column / 2;
  return (
    <path class={`tie ${mark.kind}`} d={`M${x} ${top(mark.to ?? mark.lane) + LANE / 2}V${top(mark.lane) + LANE / 2}`} />
  );
}

function MarkShape({ mark: { kind }, x, y }: { mark: Mark; x: number; y: number }) {
  return <path class={`mark ${kind}`} d={shape(kind, x, y)} />;
}

/** Told apart without colour, too. */
function shape(kind: Mark['kind'], x: number, y: number): string {
  switch (kind) {
    case 'raised':
      return `M${x - 4} ${y - 4}l8 8m0 -8l-8 8`;
    case 'entered':
      return `M${x} ${y - 6}l6 6l-6 6l-6 -6z`;
    case 'arrived':
    case 'opened':
      return `M${x - 5} ${y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0`;
    case 'told':
      return `M${x - 5} ${y - 6}l11 6l-11 6z`;
    case 'seen':
      return `M${x - 5} ${y - 5}h10v10h-10z`;
  }
}
