import assert from 'node:assert/strict';
import { test } from 'node:test';
import { challengesIn, unchallenged } from '../../proof/unchallenged';
import * as activities from '../../src/program/activities';
import type { Cast } from '../../src/program/compose';
import { returning } from '../../src/program/crowds';
import { scenario } from './support';

const about = (name: string, cast: Cast) => ({ ...scenario('TM-2', name, 'somebody runs'), cast });
const company = { ready: 2, pending: 1, timer: true };

test('what a scenario has to show is what those whom it is about have, and not their company', () => {
  const returns = about('returns', { ready: 0, pending: 0, crowd: () => returning(2) });
  const naps = about('naps', { ...company, activity: () => activities.sleeps(0) });
  const reads = about('reads', { ...company, activity: activities.readsFile });
  const computes = about('computes', { ...company, activity: activities.computes });
  const shown = [returns, naps, reads, computes].map((one) => [...challengesIn(one)].sort());
  assert.deepEqual(shown, [[], ['gate'], ['file', 'gate', 'kernel'], ['gate', 'kernel']]);
  assert.deepEqual(unchallenged([returns, naps, reads, computes, returns]), {
    nothing: ['TM-2: returns'],
    gates: ['TM-2: naps'],
  });
});
