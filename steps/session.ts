import { AfterAll, BeforeAll } from '@cucumber/cucumber';
import { hasCurrentSession, setWorkersSession } from '../src/session/current';
import { SessionFacts } from '../src/session/facts';
import { planTaker } from '../src/session/planning';
import { openSession, type Session } from '../src/session/session';

let own: Session | undefined;

/** A worker of a parallel run has a session of its own, made of what the command hands over; else the command has set one up. */
BeforeAll(async function (this: { parameters: unknown }) {
  if (hasCurrentSession() || planTaker() !== undefined) return;
  const { command, database, options } = SessionFacts.read(this.parameters);
  own = await openSession(command, database, options);
  setWorkersSession(own);
});

AfterAll(async () => {
  if (own === undefined) return;
  setWorkersSession(undefined);
  await own.close();
});
