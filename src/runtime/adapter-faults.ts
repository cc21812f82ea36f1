import { Fault, type FaultFacts } from '../fault/fault';
import { MESSAGE_LIMIT, PROTOCOL } from '../protocol/limits';
import type { AdapterCommand } from './command';

/** An answer that is an error, with its code. */
export class Refusal extends Fault {
  readonly code: number;

  constructor(code: number, facts: FaultFacts) {
    super(facts);
    this.code = code;
  }
}

/** What can be said of an adapter that does not do what it should; the last lines of its log are always part of it. */
export class AdapterFaults {
  readonly #command: AdapterCommand;
  readonly #log: () => readonly string[];

  constructor(command: AdapterCommand, log: () => readonly string[]) {
    this.#command = command;
    this.#log = log;
  }

  cannotStart(cause: unknown): Fault {
    const { command, args, name } = this.#command;
    return new Fault(
      {
        party: 'user',
        what: `the adapter of ${name} cannot be started`,
        expected: 'a command that runs',
        came: [command, ...args].join(' '),
        advice: 'check the command, and that ./setup has installed what it needs',
      },
      { cause },
    );
  }

  /** @param rest what it had written of a line */
  ended(how: string, open: readonly string[], rest: string): Fault {
    const before = open.length > 0 ? ` before it answered ${open.join(', ')}` : '';
    return this.#fault(`ended${before}`, `${how}${rest === '' ? '' : `, after half a line: ${excerpt(rest)}`}`);
  }

  /** @param rest what it had written of a line */
  mute(rest: string): Fault {
    return this.#fault(
      'closed its output, and did not end',
      rest === '' ? 'nothing more' : `half a line: ${excerpt(rest)}`,
    );
  }

  tooLong(bytes: number): Fault {
    return this.broken('a message that is too long', `at most ${MESSAGE_LIMIT} bytes`, `more than ${bytes} bytes`);
  }

  broken(what: string, expected: string, came: string): Fault {
    return this.#fault(`sent ${what}`, excerpt(came), expected, 'docs/protocol.md says what an adapter sends');
  }

  version(came: number): Fault {
    const advice = 'use a greenspec and an adapter of the same protocol version';
    return this.#fault('speaks another version of the protocol', `version ${came}`, `version ${PROTOCOL}`, advice);
  }

  silent(method: string, patience: number): Fault {
    return this.#fault(`did not answer ${method}`, 'nothing', `an answer within ${patience / 1000} s`);
  }

  /** It sleeps, nothing is owed to it, and no step of the program is open. */
  idle(): Fault {
    return this.#fault('neither is at a step of the program nor answers run', 'nothing');
  }

  stays(patience: number): Fault {
    return this.#fault('did not end', 'it was killed', `its end within ${patience / 1000} s of shutdown`);
  }

  refused(method: string, { code, message }: { code: number; message: string }): Refusal {
    return new Refusal(code, this.#fault(`answered ${method} with an error`, `${code} ${excerpt(message)}`).facts);
  }

  #fault(does: string, came: string, expected?: string, advice?: string): Fault {
    const log = this.#log();
    const tail = log.length === 0 ? '' : `\n  its log ends with:\n${log.map((line) => `    ${line}`).join('\n')}`;
    return new Fault({
      party: 'adapter',
      what: `the adapter of ${this.#command.name} ${does}`,
      ...(expected === undefined ? {} : { expected }),
      came: `${came}${tail}`,
      ...(advice === undefined ? {} : { advice }),
    });
  }
}

/** Who ends greenspec while a request is open gets no answer, and nobody else is to blame for it. */
export function interrupted(): Fault {
  return new Fault({ party: 'user', what: 'interrupted' });
}

function excerpt(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}… (${text.length} characters)`;
}
