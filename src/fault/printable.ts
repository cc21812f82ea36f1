/** Control characters, those that turn the direction of what follows, and those that are none. */
const UNPRINTABLE = /(?![\t\n])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

/** Characters of one text that are shown. */
const LIMIT = 600;

/** What came from elsewhere, fit to be shown: without characters that would disturb what stands around it, and of bounded length. */
export function printable(text: string, limit: number = LIMIT): string {
  const shown = text.slice(0, limit).toWellFormed().replace(UNPRINTABLE, '\ufffd');
  return text.length <= limit ? shown : `${shown}… (${text.length - limit} more characters)`;
}

/** All texts in a value made printable, but those under the given key. */
export function printableAll<T>(value: T, except?: string): T {
  if (typeof value === 'string') return printable(value) as T;
  if (Array.isArray(value)) return value.map((item) => printableAll(item, except)) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    key === except ? item : printableAll(item as unknown, except),
  ]);
  return Object.fromEntries(entries) as T;
}
