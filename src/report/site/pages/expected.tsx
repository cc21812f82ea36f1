import type { JSX } from 'preact';
import { outcomeOf } from '../../../verdict/outcome';
import type { Outcome, ResultFile, ScenarioResult } from '../../../verdict/result';

/** That a verdict is a difference known before, and why. */
export function Expected({ result }: { result: ScenarioResult }): JSX.Element | null {
  const { expected, repetitions } = result;
  if (expected === undefined) return null;
  const times = repetitions === undefined ? '' : ` (passed ${repetitions.passed} times of ${repetitions.of})`;
  return (
    <p class="why small">
      <span class="tag">{expected.list}</span> {expected.reason}
      {times} <Source link={expected.link} />
    </p>
  );
}

/** Only what leads to a page is made a link: who wrote the file is not known here. */
function Source({ link }: { link: string | undefined }): JSX.Element | null {
  if (link === undefined) return null;
  return /^https?:\/\//.test(link) ? <a href={link}>source</a> : <span>{link}</span>;
}

const WORDS: Record<Outcome, string> = {
  conforms: 'It is as the document has it.',
  'as-expected': 'It differs exactly as is known of it.',
  differs: 'It does not conform.',
  'not-judged': 'It is not judged.',
};

/** What a run comes to, held against what is known of its runtime, and what does not fit that. */
export function RunOutcome({ file }: { file: ResultFile }): JSX.Element {
  const deviations = file.expectations?.deviations ?? [];
  return (
    <>
      <p>{WORDS[outcomeOf(file)]}</p>
      {deviations.length > 0 && (
        <div class="notice">
          <p>What is known of it does not fit what came:</p>
          <ul>
            {deviations.map((deviation) => (
              <li>
                {deviation.file}:{deviation.line}: {deviation.kind.replace('-', ' ')}: {deviation.says}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
