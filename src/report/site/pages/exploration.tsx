import type { JSX } from 'preact';
import { describe } from '../../../explore/outcome';
import type { ExplorationFile } from '../../../explore/result';
import { countsOf, serverOf } from '../../exploration';
import { Timeline } from '../../timeline/timeline';
import type { ExplorationOnSite, Site } from '../model';
import { pictureOfRecord } from '../picture-of';
import { page } from './layout';
import { TimelineKey } from './timeline-key';

/** Leaves that a page shows: a browser opens a page of these at once. */
const LEAVES = 500;

type Way = ExplorationFile['ways'][number];

/** A page an exploration: how orders come out, and every schedule as a leaf that can be opened. */
export function explorationPage(site: Site, exploration: ExplorationOnSite, version: string): string {
  const { file, scenario } = exploration;
  const { runtime, reason } = file;
  return page({
    title: `Every order of ${file.scenario.name}: greenspec`,
    root: '../',
    site,
    version,
    children: (
      <>
        <h1>Every order of {file.scenario.name}</h1>
        <p>
          On {runtime.name}
          {serverOf(file)}, {runtime.by === 'gates' ? 'led through gates' : 'in its own hub'}; {countsOf(file)}.
        </p>
        <p>
          <Verdict file={file} /> {reason}
        </p>
        {file.uncontrolled !== undefined && <p class="notice">{file.uncontrolled}</p>}
        <p class="small soft">
          {scenario === undefined ? (
            file.scenario.place
          ) : (
            <a href={`../scenarios/${scenario.slug}.html`}>The scenario, and what came of it</a>
          )}
          . {file.threads.map(({ letter, name }) => `${letter} is ${name}`).join(', ')}.
        </p>
        <Ways ways={file.ways} />
        <Shown file={file} />
        <Leaves file={file} />
      </>
    ),
  });
}

/** Explorations by their names, with what came of each. */
export function Explorations(props: { explorations: readonly ExplorationOnSite[]; root: string }): JSX.Element {
  return (
    <ul>
      {props.explorations.map(({ slug, file }) => (
        <li>
          <a href={`${props.root}explorations/${slug}.html`}>
            {file.scenario.name}, on {file.runtime.name}
          </a>
          : {countsOf(file)}; <Verdict file={file} /> {file.reason}
        </li>
      ))}
    </ul>
  );
}

const VERDICTS = {
  pass: { sign: '✓ pass', standing: 'holds' },
  fail: { sign: '✗ fail', standing: 'lost' },
  inconclusive: { sign: '? inconclusive', standing: 'open' },
} as const;

function Verdict({ file }: { file: ExplorationFile }): JSX.Element {
  const { sign, standing } = VERDICTS[file.verdict];
  return <span class={`badge ${standing}`}>{sign}</span>;
}

/** How an order came out: well, with a mishap, or not to its end; its number tells one way from another. */
function kindOf({ mishaps, outcome }: Way): { sign: string; kind: 'well' | 'mishap' | 'cut' } {
  if (mishaps.length > 0) return { sign: '✗', kind: 'mishap' };
  return outcome.cut ? { sign: '?', kind: 'cut' } : { sign: '✓', kind: 'well' };
}

function Way({ way, number }: { way: Way; number: number }): JSX.Element {
  const { sign, kind } = kindOf(way);
  return (
    <span class={`way ${kind}`}>
      {sign} {number + 1}
    </span>
  );
}

function Ways({ ways }: { ways: readonly Way[] }): JSX.Element {
  return (
    <>
      <h2 id="ways">How orders come out</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by the arrow keys */}
      <section class="wide" tabIndex={0} aria-label="How orders come out">
        <table class="ways">
          <thead>
            <tr>
              <th scope="col">Way</th>
              <th scope="col">Orders</th>
              <th scope="col">What they come to</th>
              <th scope="col">Fewest switches</th>
            </tr>
          </thead>
          <tbody>
            {ways.map((way, number) => (
              <tr>
                <th scope="row">
                  <Way way={way} number={number} />
                </th>
                <td>{way.orders}</td>
                <td class="words">{wordsOf(way)}</td>
                <td>
                  <code>{way.example}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function wordsOf({ outcome, mishaps }: Way): string {
  const words = describe(outcome).join(', ') || 'all come to their end';
  return mishaps.length === 0 ? words : `${mishaps.join(', and ')}: ${words}`;
}

/** The schedule that shows what goes wrong with as few switches as can be, with its picture. */
function Shown({ file: { shown, scenario, runtime } }: { file: ExplorationFile }): JSX.Element | null {
  if (shown === undefined) return null;
  const { mishap, schedule, switches, timeline, replay, record } = shown;
  const picture = pictureOfRecord(record);
  return (
    <>
      <h2 id="shown">With the fewest switches</h2>
      <p>
        {mishap} under <code>{schedule}</code>, with {switches === 1 ? '1 switch' : `${switches} switches`} from one who
        could have gone on.
      </p>
      <Steps timeline={timeline} />
      {picture !== undefined && (
        <>
          <TimelineKey />
          <Timeline runs={[{ picture, title: `${scenario.name}, under ${schedule}, on ${runtime.name}` }]} />
        </>
      )}
      <Command text={replay} />
    </>
  );
}

function Leaves({ file }: { file: ExplorationFile }): JSX.Element {
  const leaves = inOrder(file.strip.filter(({ timeline }, i) => i < LEAVES || timeline !== undefined));
  return (
    <>
      <h2 id="schedules">The schedules</h2>
      <p class="small soft">
        Each can be opened. What a schedule has in common with the one before it is pale.
        {file.schedules > leaves.length &&
          ` Of ${file.schedules} schedules ${leaves.length} are shown here; the others lead to the ways above, too.`}
      </p>
      <div class="leaves">
        {leaves.map((leaf, i) => (
          <Leaf file={file} leaf={leaf} before={leaves[i - 1]?.schedule ?? ''} />
        ))}
      </div>
    </>
  );
}

/** As in a tree: those that begin alike stand together, whenever each was tried. */
function inOrder(strip: ExplorationFile['strip']): ExplorationFile['strip'] {
  const turns = ({ schedule }: { schedule: string }): string =>
    schedule.replace(/([a-z])(\d+)/g, (_, letter: string, times: string) => letter.repeat(Number(times)));
  return strip
    .map((leaf) => ({ leaf, turns: turns(leaf) }))
    .sort((a, b) => (a.turns < b.turns ? -1 : 1))
    .map(({ leaf }) => leaf);
}

interface LeafProps {
  readonly file: ExplorationFile;
  readonly leaf: ExplorationFile['strip'][number];
  readonly before: string;
}

function Leaf({ file, leaf, before }: LeafProps): JSX.Element | null {
  const { schedule, way: number, timeline, orders } = leaf;
  const way = file.ways[number];
  if (way === undefined) return null;
  const shared = commonLength(schedule, before);
  return (
    <details class={`leaf ${kindOf(way).kind}`}>
      <summary>
        <Way way={way} number={number} />{' '}
        <code>
          <span class="soft">{schedule.slice(0, shared)}</span>
          <b>{schedule.slice(shared)}</b>
        </code>
      </summary>
      <p>
        {wordsOf(way)}
        {orders !== undefined && orders !== '1' && ` (it stands for ${orders} orders)`}
      </p>
      {timeline === undefined ? (
        <p class="small soft">What happens under it was not kept: replay it to see.</p>
      ) : (
        <Steps timeline={timeline} />
      )}
      <Command text={file.again.replace('SCHEDULE', schedule)} />
    </details>
  );
}

/** So many letters and numbers are alike at the beginning; a number is not cut in two. */
function commonLength(schedule: string, before: string): number {
  const turns = schedule.match(/[a-z]\d*/g) ?? [];
  const others = before.match(/[a-z]\d*/g) ?? [];
  const first = turns.findIndex((turn, i) => turn !== others[i]);
  return turns.slice(0, first < 0 ? turns.length : first).join('').length;
}

function Steps({ timeline }: { timeline: readonly string[] }): JSX.Element {
  return (
    <pre>
      <code>{timeline.join('\n')}</code>
    </pre>
  );
}

function Command({ text }: { text: string }): JSX.Element {
  return (
    <>
      <p class="small soft">To run it again:</p>
      <pre>
        <code>{text}</code>
      </pre>
    </>
  );
}
