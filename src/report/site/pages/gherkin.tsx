import type { JSX } from 'preact';

/** A scenario's steps, as they stand in the feature. */
export function Gherkin({ steps }: { steps: readonly string[] }): JSX.Element {
  return (
    <ol class="gherkin">
      {steps.map((step) => {
        const keyword = /^(Given|When|Then|And|But|\*) /.exec(step)?.[0] ?? '';
        return (
          <li>
            <b>{keyword}</b>
            {step.slice(keyword.length)}
          </li>
        );
      })}
    </ol>
  );
}
