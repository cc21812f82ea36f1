import type { ProcessReading } from '../trace/record';
import type { Blindness, Found } from './find-process';
import { OsThreads } from './os-threads';
import { KeptFile, kernelAvailable, linesOf, ownNumber, PROCFS, tryRead, tryReadAt, tryReadLink } from './procfs';

/**
 * What the kernel knows of one process, read from procfs. A process that has ended reads as one without threads. Readings bear the
 * numbers that the process itself has, and its events, which are others than procfs's where it runs in a container.
 */
export class KernelWitness {
  /** The number by which procfs has it. */
  readonly pid: number;
  readonly procfs: string;
  /** Why nothing is known of the process; undefined where something is. */
  readonly blindness: Blindness | undefined;
  readonly #threads: OsThreads;
  readonly #stat: KeptFile;
  #ownPid: number | undefined;
  #jvm: boolean | undefined;
  #ownClock: boolean | undefined;

  constructor(pid: number, procfs = PROCFS, blindness = blindnessOf(procfs)) {
    this.pid = pid;
    this.procfs = procfs;
    this.blindness = blindness;
    this.#threads = new OsThreads(`${procfs}/${pid}/task`);
    this.#stat = new KeptFile(`${procfs}/${pid}/stat`);
  }

  /** One that cannot be asked: procfs has no process 0. */
  static blind(why: Blindness, procfs = PROCFS): KernelWitness {
    return new KernelWitness(0, procfs, why);
  }

  /** The number that the process has for itself. */
  get ownPid(): number {
    this.#ownPid ??= ownNumber(tryRead(`${this.procfs}/${this.pid}/status`));
    return this.#ownPid ?? this.pid;
  }

  read(): ProcessReading {
    return { pid: this.ownPid, threads: this.#threads.read() };
  }

  /** Whether the process's first OS thread runs, or wants to: a look that is cheap, and mostly saves one that is not. */
  runs(): boolean {
    return this.#threads.numbered(this.pid).state() === 'R';
  }

  /** Processor time that the process has used, in milliseconds, to a clock tick. */
  processorTime(): number {
    return timeIn(this.#stat.read());
  }

  /** Received bytes that the process has not read, at a connection from a port of its own to one of the harness's. */
  unreadAt(port: number, remotePort: number): number {
    for (const connection of this.#connections(remotePort)) if (connection.port === port) return connection.unread;
    return 0;
  }

  /** Whether received bytes that nobody has read lie at any connection to a port of the harness's. */
  someUnread(remotePort: number): boolean {
    for (const { unread } of this.#connections(remotePort)) if (unread > 0) return true;
    return false;
  }

  /** Milliseconds after which the system call of an OS thread, by its own number, gives up by itself; Infinity where it does not; undefined where that cannot be told. */
  wakeUp(tid: number): number | undefined {
    const thread = this.#threads.of(tid);
    if (thread === undefined) return undefined;
    if (KEEPS_HOUSE.test(thread.name ?? '') && this.#isJvm()) return Number.POSITIVE_INFINITY;
    const line = thread.syscall();
    return line === undefined ? undefined : timeOutOf(line, process.arch, this.#clocks());
  }

  /** The files mapped into the process whose name holds a text: where a C library shows. Undefined where that cannot be told. */
  mapped(part: string): readonly string[] | undefined {
    const maps = tryRead(`${this.procfs}/${this.pid}/maps`) ?? '';
    // A process that has ended maps nothing.
    if (maps === '') return undefined;
    const files = maps.split('\n').map((line) => line.slice(line.indexOf('/')));
    return [
      ...new Set(files.filter((file) => file.startsWith('/') && file.slice(file.lastIndexOf('/')).includes(part))),
    ];
  }

  #isJvm(): boolean {
    this.#jvm ??= (this.mapped('libjvm.so')?.length ?? 0) > 0;
    return this.#jvm;
  }

  #clocks(): Clocks {
    return {
      timeAt: (address) => this.#timeAt(address),
      monotonic: () => (this.#sharesClock() ? Number(process.hrtime.bigint()) / 1e6 : undefined),
      realTime: Date.now,
    };
  }

  /** The monotonic clock is another one in a time namespace of its own: time_namespaces(7). */
  #sharesClock(): boolean {
    const namespaceOf = (process: number | string): string | undefined =>
      tryReadLink(`${this.procfs}/${process}/ns/time`);
    this.#ownClock ??= namespaceOf(this.pid) !== namespaceOf('self');
    return !this.#ownClock;
  }

  /** Files that are kept open are closed. */
  close(): void {
    this.#threads.close();
    this.#stat.close();
  }

  /** Milliseconds of a `timespec` in the process's memory: seconds and nanoseconds, of 64 bits each on the platforms below. */
  #timeAt(address: bigint): number | undefined {
    const time = tryReadAt(`${this.procfs}/${this.pid}/mem`, address, 16);
    return time && Number(time.readBigInt64LE(0)) * 1e3 + Number(time.readBigInt64LE(8)) / 1e6;
  }

  /** The table of all connections of this machine is dear to read, so it is read no further than is asked. */
  #connections(remotePort: number): Generator<Connection> {
    return connectionsTo(remotePort, linesOf(`${this.procfs}/${this.pid}/net/tcp`));
  }
}

/** What the kernel knows of a process that was looked for. */
export function witnessOf(found: Found, procfs: string): KernelWitness {
  return found.kind === 'found' ? new KernelWitness(found.pid, procfs) : KernelWitness.blind(found, procfs);
}

function blindnessOf(procfs: string): Blindness | undefined {
  if (kernelAvailable(procfs)) return undefined;
  return { why: `there is no procfs at ${procfs}`, advice: 'run greenspec on Linux, or in a Linux container' };
}

/** Milliseconds of a clock tick, as /proc counts them: USER_HZ is 100 on every platform that Node runs on. */
const TICK = 10;

/** Of a line of /proc/PID/stat, `17 (a name) S …`: the times in user and system mode are its 14th and 15th words. */
export function timeIn(stat = ''): number {
  // A name may hold anything, brackets and spaces, too.
  const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(words[11] ?? 0) + Number(words[12] ?? 0)) * TICK;
}

/** A connection of this machine's: the port at its near end, and the received bytes that lie there unread. */
export interface Connection {
  readonly port: number;
  readonly unread: number;
}

/** By lines of /proc/net/tcp: `0: 0100007F:A0F4 0100007F:1267 01 00000000:0000000D …`, addresses and queues in hexadecimal. */
export function* connectionsTo(remotePort: number, table: Iterable<string>): Generator<Connection> {
  const remote = `:${remotePort.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of table) {
    if (!line.includes(remote)) continue;
    const [, local = '', other = '', , queues = ''] = line.trim().split(/\s+/);
    if (other.endsWith(remote)) yield { port: behindColon(local), unread: behindColon(queues) };
  }
}

function behindColon(pair: string): number {
  return Number.parseInt(pair.slice(pair.indexOf(':') + 1), 16);
}

/** What time-outs that are points in time are told by. */
export interface Clocks {
  /** Milliseconds that a `timespec` at an address of the process's memory tells. */
  readonly timeAt: (address: bigint) => number | undefined;
  /** Milliseconds of the process's monotonic clock; undefined where they cannot be told. */
  readonly monotonic: () => number | undefined;
  /** Milliseconds of the system's clock. */
  readonly realTime: () => number;
}

/** How a system call names its time-out: in milliseconds in one of its arguments, or by a pointer (null: none), as a futex does. */
type TimeOut = { argument: number; as: 'milliseconds' | 'pointer' | 'futex' | 'never' };

/** The operation of a futex, its second argument, without flags: the time-out of the one is a span, of the other a point in time: futex(2). */
const FUTEX_WAIT = 0n;
const FUTEX_WAIT_BITSET = 9n;
const FUTEX_OPERATION = 0x7fn;
/** The flag that has the point in time be one of the system's clock, and not of the monotonic one. */
const FUTEX_CLOCK_REALTIME = 0x100n;

/**
 * OS threads on which a JVM keeps house, by the names that it gives them, of which the kernel has 15 characters. No Java runs on
 * them, and they wake nobody who waits; some wake every second or so.
 */
const KEEPS_HOUSE = /^(VM Periodic Tas|Service Thread|Monitor Deflati|C[12] CompilerThre)/;

const TIME_OUTS: Record<string, Record<number, TimeOut>> = {
  x64: {
    0: { argument: 0, as: 'never' }, // read
    2: { argument: 0, as: 'never' }, // open: of a named pipe, until somebody opens its other end
    7: { argument: 2, as: 'milliseconds' }, // poll
    23: { argument: 4, as: 'pointer' }, // select
    45: { argument: 0, as: 'never' }, // recvfrom
    61: { argument: 0, as: 'never' }, // wait4
    202: { argument: 3, as: 'futex' },
    257: { argument: 0, as: 'never' }, // openat
    232: { argument: 3, as: 'milliseconds' }, // epoll_wait
    270: { argument: 4, as: 'pointer' }, // pselect6
    271: { argument: 2, as: 'pointer' }, // ppoll
    281: { argument: 3, as: 'milliseconds' }, // epoll_pwait
    441: { argument: 3, as: 'pointer' }, // epoll_pwait2
  },
  arm64: {
    22: { argument: 3, as: 'milliseconds' }, // epoll_pwait
    56: { argument: 0, as: 'never' }, // openat
    63: { argument: 0, as: 'never' }, // read
    72: { argument: 4, as: 'pointer' }, // pselect6
    73: { argument: 2, as: 'pointer' }, // ppoll
    98: { argument: 3, as: 'futex' },
    207: { argument: 0, as: 'never' }, // recvfrom
    441: { argument: 3, as: 'pointer' }, // epoll_pwait2
  },
};

/**
 * The time-out of the system call that a line of /proc/PID/task/TID/syscall shows, in milliseconds from now on. A time-out behind a pointer
 * counts as unknown, except a futex's: Go's monitor thread sleeps in one for a minute where there is nothing to watch over, and threads of
 * Java's pools for half of one where there is nothing to do.
 */
export function timeOutOf(line: string, arch: string, clocks: Clocks): number | undefined {
  const [number = '', ...args] = line.trim().split(' ');
  const known = number === '' ? undefined : TIME_OUTS[arch]?.[Number(number)];
  if (known === undefined) return undefined;
  const argument = args[known.argument];
  if (argument === undefined) return undefined;
  switch (known.as) {
    case 'never':
      return Number.POSITIVE_INFINITY;
    case 'pointer':
      return BigInt(argument) === 0n ? Number.POSITIVE_INFINITY : undefined;
    case 'futex':
      if (BigInt(argument) === 0n) return Number.POSITIVE_INFINITY;
      return futexTimeOut(BigInt(args[1] ?? -1), BigInt(argument), clocks);
    case 'milliseconds':
      return asInt32(argument) < 0 ? Number.POSITIVE_INFINITY : asInt32(argument);
  }
}

function futexTimeOut(operation: bigint, address: bigint, { timeAt, monotonic, realTime }: Clocks): number | undefined {
  const command = operation & FUTEX_OPERATION;
  if (command === FUTEX_WAIT) return timeAt(address);
  if (command !== FUTEX_WAIT_BITSET) return undefined;
  const then = timeAt(address);
  const now = (operation & FUTEX_CLOCK_REALTIME) === 0n ? monotonic() : realTime();
  return then === undefined || now === undefined ? undefined : Math.max(0, then - now);
}

/** An int of C in a register of 64 bits, whose upper half may hold anything. */
function asInt32(register: string): number {
  return Number(BigInt.asIntN(32, BigInt(register)));
}
