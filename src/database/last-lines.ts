import { readFile } from 'node:fs/promises';

/** The end of a log, indented to stand below a fault. */
export function lastLines(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .slice(-12)
    .map((line) => `\n    ${line}`)
    .join('');
}

export async function lastLinesOf(file: string): Promise<string> {
  return lastLines(await readFile(file, 'utf8').catch(() => ''));
}
