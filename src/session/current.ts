import type { Session } from './session';

let current: Session | undefined;

/** The session that the scenarios of this process run in: the command sets it up before any scenario begins. */
export function currentSession(): Session {
  if (current === undefined) throw new Error('no session: scenarios are run by `greenspec run`');
  return current;
}

export function hasCurrentSession(): boolean {
  return current !== undefined;
}

export function setCurrentSession(session: Session | undefined): void {
  current = session;
}
