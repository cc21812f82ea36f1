import { join } from 'node:path';
import type { Pickle } from '@cucumber/messages';
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

/**
 * The scenarios that stand at a place: one, or all rows of an outline.
 *
 * @param place FILE:LINE
 * @throws Fault of the user: none does
 */
export function findScenarios(place: string): Pickle[] {
  const [, file = '', line = ''] = /^(.*):(\d+)$/.exec(place) ?? [];
  const feature = FEATURES.find((path) => path === file);
  const pickles = feature === undefined ? [] : readPickles(join(ROOT, feature), feature);
  const found = pickles.filter(({ location }) => location?.line === Number(line));
  if (found.length > 0) return found;
  const expected = `FILE:LINE, where FILE is one of ${FEATURES.join(', ')}`;
  throw new Fault({ party: 'user', what: 'no scenario stands there', expected, came: place });
}

function readTags(tags: string): ReturnType<typeof parse> {
  try {
    return parse(tags);
  } catch (cause) {
    const expected = 'a tag expression, such as "@TM-2 and not @should"';
    throw new Fault({ party: 'user', what: 'the tags cannot be read', expected, came: tags }, { cause });
  }
}
