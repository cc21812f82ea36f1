import type { Program } from '../../program/program';
import { Driver } from '../../program/step';
import type { Check } from '../check';
import { Undecided } from '../complaint';
import { lookAt, Rest } from '../rest';
import { sessionsEnd } from '../sessions';

/** What an adapter leaves at the server. */
export const SESSIONS: Check = {
  says: 'connections that a program leaves open are closed when it has ended',
  section: 'program',
  advice: 'keep a list of the connections of a run, and close them before the next',
  needs: ['query'],
  async make(lab) {
    const { server } = lab;
    if (server === undefined) throw new Undecided('there is no MySQL server');
    const conversation = await lab.ready();
    const drivers = Driver.options.filter((driver) => lab.known.identity.capabilities.includes(`connect/${driver}`));
    const program: Program = {
      threads: {
        main: {
          steps: drivers.flatMap((driver) => [
            { do: 'connect' as const, label: 'connect', connection: driver, driver },
            { do: 'query' as const, label: 'id', connection: driver, sql: 'SELECT CONNECTION_ID()' },
          ]),
        },
      },
    };
    const params = { ...lab.params(program), database: server.address };
    await conversation.result(conversation.request('run', params), 'run', 'server');
    const ids = conversation.events.filter(({ label, phase }) => label === 'id' && phase === 'finished');
    const numbers = ids.map(({ value }) => Number(String(value)));
    const pid = lookAt(conversation.look(), (kernel) => kernel.pid);
    await sessionsEnd(server.address, numbers, new Rest(pid, lab.equipment.procfs), lab.equipment.patience);
    return `${numbers.length} of ${drivers.join(', ')}`;
  },
};
