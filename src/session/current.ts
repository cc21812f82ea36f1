import { AsyncLocalStorage } from 'node:async_hooks';
import type { Session } from './session';

/** Runtimes may be tested at the same time, each in a session of its own. */
const sessions = new AsyncLocalStorage<Session>();

/** That of a worker of a parallel run, which has no other. */
let workers: Session | undefined;

/** The session that the scenario which asks is run in. */
export function currentSession(): Session {
  const session = sessions.getStore() ?? workers;
  if (session === undefined) throw new Error('no session: scenarios are run by `greenspec run`');
  return session;
}

export function hasCurrentSession(): boolean {
  return (sessions.getStore() ?? workers) !== undefined;
}

/** Does some work in a session: scenarios that are run in it are run there. */
export function inSession<T>(session: Session, work: () => Promise<T>): Promise<T> {
  return sessions.run(session, work);
}

export function setWorkersSession(session: Session | undefined): void {
  workers = session;
}
