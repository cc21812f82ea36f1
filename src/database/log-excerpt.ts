import { readFile } from 'node:fs/promises';

/** Lines of a log that are shown of its beginning, where some programs say what is wrong, and of its end, where others do. */
const FIRST = 4;
const LAST = 10;

/** The beginning and the end of a log, indented to stand below a fault. */
export function excerpt(text: string): string {
  const lines = text.trim().split('\n');
  const shown = lines.length <= FIRST + LAST ? lines : [...lines.slice(0, FIRST), '…', ...lines.slice(-LAST)];
  return shown.map((line) => `\n    ${line}`).join('');
}

export async function logExcerpt(file: string): Promise<string> {
  return excerpt(await readFile(file, 'utf8').catch(() => ''));
}
