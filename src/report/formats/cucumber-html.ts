import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Envelope } from '@cucumber/messages';
import { OUTCOME } from '../../verdict/collect';

/**
 * Cucumber's own page of a run. The outcomes that travel among its messages are left out: they are for programs, and most of its size.
 *
 * @throws SyntaxError a line is no message
 */
export async function cucumberHtml(messages: string): Promise<string> {
  const { CucumberHtmlStream } = await import('@cucumber/html-formatter');
  const lines = messages.split('\n').filter((line) => line !== '');
  const envelopes = lines.map((line) => JSON.parse(line) as Envelope);
  const shown = envelopes.filter(({ attachment }) => attachment?.mediaType !== OUTCOME);
  return text(Readable.from(shown).pipe(new CucumberHtmlStream()));
}
