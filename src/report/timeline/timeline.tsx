import type { JSX } from 'preact';
import { type Axis, Drawing } from './drawing';
import type { Picture } from './picture';
import { sentence } from './words';

/** A run that is drawn. */
export interface Drawn {
  readonly picture: Picture;
  /** What it is called beside its lanes, where there are others. */
  readonly name?: string;
  /** What the drawing is of, for those who do not see it. */
  readonly title: string;
  /** Where its columns stand on an axis that it has in common with others. */
  readonly axis?: Axis;
}

/** The swim-lanes of a run, or of several that scroll together, and what they show as text. */
export function Timeline({ runs }: { runs: readonly Drawn[] }): JSX.Element {
  return (
    <div class="timeline">
      <div class="swim">
        <ol class="lane-names" aria-hidden="true">
          {runs.map(({ picture, name }) => (
            <>
              <li class="of-run">{name}</li>
              {picture.lanes.map((lane) => (
                <li class={`of-${lane.kind}`} title={lane.title}>
                  {lane.title}
                </li>
              ))}
            </>
          ))}
        </ol>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by the arrow keys */}
        <section class="scroll" tabIndex={0} aria-label={`Timeline: ${runs.map(({ title }) => title).join('; ')}`}>
          {runs.map(({ picture, title, axis }) => (
            <Drawing picture={picture} title={title} axis={axis} />
          ))}
        </section>
      </div>
      {runs.map(({ picture, name }) => (
        <details>
          <summary>
            {name === undefined ? 'The same' : name} as text ({picture.columns.length} lines)
          </summary>
          <Text picture={picture} />
        </details>
      ))}
    </div>
  );
}

function Text({ picture: { columns, leftOut } }: { picture: Picture }) {
  return (
    <>
      {leftOut > 0 && <p>{leftOut} lines in the middle are left out.</p>}
      <ol class="told">
        {columns.map((column) => (
          <li class={column.contradicts ? 'contradicts' : undefined} value={column.n}>
            {sentence(column)}
          </li>
        ))}
      </ol>
    </>
  );
}
