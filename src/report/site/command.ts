import type { ResultFile, ScenarioResult } from '../../verdict/result';

/** What to type to run one scenario again on the runtime that a result is of. */
export function commandOf(
  { runtime }: ResultFile,
  { feature, line }: Pick<ScenarioResult, 'feature' | 'line'>,
): string {
  const start = `npm run greenspec -- run ${runtime.name} --scenario ${feature}:${line}`;
  const { command } = runtime;
  if (runtime.named) return start;
  return `${start} -- ${command.map(quoted).join(' ')}`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
