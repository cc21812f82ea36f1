import { createHash } from 'node:crypto';

/**
 * The digest by which a sentence of the document is pinned without being quoted: of its words alone, so that line breaks, RST
 * markup, and a link's target can change without its meaning seeming to.
 *
 * @returns the first 16 hexadecimal digits of SHA-256
 */
export function digestOf(sentence: string): string {
  return createHash('sha256').update(normalise(sentence)).digest('hex').slice(0, 16);
}

export function normalise(sentence: string): string {
  return sentence
    .replace(/<[^>]*>`_+/g, '`_')
    .replace(/[`*]|_(?=\s|[.,)]|$)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,;:)])/g, '$1')
    .trim()
    .replace(/[:.]+$/, '');
}
