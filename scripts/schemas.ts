import { z } from 'zod';
import { Config } from '../src/config/schema';
import { ExplorationFile } from '../src/explore/result';
import { Explorable } from '../src/program/explorable';
import { Program } from '../src/program/program';
import * as messages from '../src/protocol/messages';
import { ComparisonData } from '../src/report/formats/comparison';
import { ExpectationFile } from '../src/verdict/expectations/schema';
import { ResultFile } from '../src/verdict/result';
import { publish } from './publish';

/** An array of plain values stands on one line where that is no longer than this, as the project's formatter has it. */
const WIDTH = 120;

/** What stands in `$defs` of the messages' schema, under these names. */
const MESSAGES = {
  Request: messages.Request,
  Response: messages.Response,
  Notification: messages.Notification,
  InitializeParams: messages.InitializeParams,
  InitializeResult: messages.InitializeResult,
  RunParams: messages.RunParams,
  RunResult: messages.RunResult,
  EventParams: messages.EventParams,
};

/** The text of each published JSON Schema by its file. They say what is taken: a reader may find more in an object that is open. */
export function publishedSchemas(): ReadonlyMap<string, string> {
  return new Map([
    ['src/program/program.schema.json', text('A program', z.toJSONSchema(Program, { io: 'input' }))],
    [
      'src/program/explorable.schema.json',
      text('A program that is to be explored', z.toJSONSchema(Explorable, { io: 'input' })),
    ],
    ['src/protocol/messages.schema.json', text('A message of the adapter protocol', messagesSchema())],
    [
      'src/verdict/expectations/expectations.schema.json',
      text('What is known to differ in a runtime', z.toJSONSchema(ExpectationFile, { io: 'input' })),
    ],
    ['src/config/config.schema.json', text('The configuration of greenspec', z.toJSONSchema(Config, { io: 'input' }))],
    [
      'src/explore/result.schema.json',
      text('The result file of an exploration', z.toJSONSchema(ExplorationFile, { io: 'input' })),
    ],
    [
      'src/report/formats/comparison.schema.json',
      text('A comparison of two runtimes', z.toJSONSchema(ComparisonData, { io: 'input' })),
    ],
    ['src/verdict/result.schema.json', text('The result file of a run', z.toJSONSchema(ResultFile, { io: 'input' }))],
  ]);
}

/** A line of the channel is a request, a response or a notification; the rest is what these hold, by name. */
function messagesSchema(): object {
  for (const [id, schema] of Object.entries(MESSAGES))
    if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
  const all = z.toJSONSchema(z.union(Object.values(MESSAGES)), { io: 'input' });
  const lines = ['Request', 'Response', 'Notification'].map((id) => ({ $ref: `#/$defs/${id}` }));
  return { $schema: all.$schema, anyOf: lines, $defs: all.$defs };
}

function text(title: string, { $schema, ...schema }: { $schema?: unknown }): string {
  const lines = JSON.stringify({ $schema, title, ...schema }, null, 2);
  return `${lines.replace(/^(.*)\[\n\s+([^[\]{}]*?)\n\s*\](,?)$/gm, onOneLine)}\n`;
}

function onOneLine(whole: string, before: string, values: string, after: string): string {
  const line = `${before}[${values.replace(/\n\s+/g, ' ')}]${after}`;
  return line.length <= WIDTH ? line : whole;
}

if (require.main === module) publish(publishedSchemas(), 'npm run schemas');
