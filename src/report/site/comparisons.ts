import type { Advice } from '../../clauses/advice';
import { type Comparison, compare } from '../compare';
import type { Site } from './model';

/** From eventlet, of which the document speaks, where it is among the runtimes, or else from the first, to each of the others. */
export function comparisonsOn(site: Site, advice: Readonly<Record<string, Advice>>): Comparison[] {
  const from = site.runtimes.find(({ name }) => name === 'eventlet') ?? site.runtimes[0];
  if (from === undefined) return [];
  return site.runtimes.filter((to) => to !== from).map((to) => compare(site, from, to, advice));
}
