import { Driver } from '../program/step';
import type { Group } from './check';
import { databaseChecks } from './checks/database';
import { EVENTS } from './checks/events';
import { FLOW } from './checks/flow';
import { GATES } from './checks/gates';
import { HANDSHAKE } from './checks/handshake';
import { LIFETIME } from './checks/lifetime';
import { PROFILES } from './checks/profiles';
import { REQUESTS } from './checks/requests';
import { SESSIONS } from './checks/sessions';
import { THREADS } from './checks/threads';
import { TRANSPORT } from './checks/transport';
import { WAITING } from './checks/waiting';
import { programCheck } from './program-check';

/** All that is checked once an adapter has introduced itself, in the order in which one writes an adapter. */
export const GROUPS: readonly Group[] = [
  { heading: 'The handshake', checks: HANDSHAKE },
  { heading: 'Requests', checks: REQUESTS },
  { heading: 'Events', checks: EVENTS.map(programCheck) },
  { heading: 'Steps: flow and variables', checks: FLOW.map(programCheck) },
  { heading: 'Steps: green threads and locks', checks: THREADS.map(programCheck) },
  { heading: 'Steps: waiting', checks: [...WAITING.map(programCheck), ...GATES] },
  {
    heading: 'Steps: MySQL',
    checks: [...Driver.options.flatMap((driver) => databaseChecks(driver).map(programCheck)), SESSIONS],
  },
  { heading: 'Steps of profiles', checks: PROFILES.map(programCheck) },
  { heading: 'Run after run, and the end', checks: LIFETIME },
  { heading: 'The way there, broken on purpose', checks: TRANSPORT },
];
