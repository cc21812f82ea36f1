import { join } from 'node:path';
import parse from '@cucumber/tag-expressions';
import { readPickles } from '../clauses/scenarios';
import { Fault } from '../fault/fault';
import { ROOT } from '../project';
import { FEATURES } from './feature-files';

/**
 * How many scenarios have the tags; nothing is run.
 *
 * @throws Fault of the user for tags that cannot be read, or a feature that cannot
 */
export function countScenarios(tags: string, features = FEATURES): number {
  const expression = readTags(tags);
  const pickles = features.flatMap((feature) => readPickles(join(ROOT, feature), feature));
  return pickles.filter((pickle) => expression.evaluate(pickle.tags.map(({ name }) => name))).length;
}

function readTags(tags: string): ReturnType<typeof parse> {
  try {
    return parse(tags);
  } catch (cause) {
    const expected = 'a tag expression, such as "@TM-2 and not @should"';
    throw new Fault({ party: 'user', what: 'the tags cannot be read', expected, came: tags }, { cause });
  }
}
