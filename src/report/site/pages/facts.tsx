import type { JSX } from 'preact';
import type { ResultFile } from '../../../verdict/result';
import type { RuntimeOnSite, Site } from '../model';

type Fact = NonNullable<ResultFile['facts']>[number];

/** What was observed of the runtimes beyond the text, side by side: neither pass nor fail. */
export function Facts({ site }: { site: Site }): JSX.Element | null {
  const questions = new Map(
    site.runtimes.flatMap(({ file }) => (file.facts ?? []).map((fact) => [fact.id, fact.question])),
  );
  if (questions.size === 0) return null;
  const told = site.runtimes.filter(({ file }) => file.facts !== undefined);
  return (
    <>
      <h2 id="facts">Facts on which the document is silent</h2>
      <p class="small soft">
        Observed, and neither pass nor fail: in these, too, runtimes differ, and code that is moved can be hurt.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by the arrow keys */}
      <section class="wide" tabIndex={0} aria-label="Facts and runtimes">
        <table class="facts">
          <thead>
            <tr>
              <th scope="col">Question</th>
              {told.map(({ name }) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...questions].map(([id, question]) => (
              <tr id={`fact-${id}`}>
                <th scope="row">{question}</th>
                {told.map((runtime) => (
                  <Answer fact={factOf(runtime, id)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function factOf({ file }: RuntimeOnSite, id: string): Fact | undefined {
  return file.facts?.find((fact) => fact.id === id);
}

function Answer({ fact }: { fact: Fact | undefined }): JSX.Element {
  if (fact === undefined) return <td class="soft">not asked</td>;
  const { answer, detail } = fact;
  if (answer === 'not-applicable')
    return <td class="soft small">– not applicable{detail === undefined ? '' : `: ${detail}`}</td>;
  return (
    <td>
      {answer === 'unknown' ? <span class="soft">? unknown</span> : answer}
      {detail !== undefined && <span class="small soft"> ({detail})</span>}
    </td>
  );
}
