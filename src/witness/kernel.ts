import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import type { ProcessReading, ThreadReading } from '../trace/record';

/** Where the kernel tells of processes, unless it is said to be elsewhere: proc(5). */
export const PROCFS = '/proc';

/** Whether there is a procfs that tells of other processes. */
export function kernelAvailable(procfs = PROCFS): boolean {
  return tryRead(`${procfs}/self/stat`) !== undefined;
}

/** What the kernel knows of one process, read from procfs. A process that has ended reads as one without threads. */
export class KernelWitness {
  readonly pid: number;
  readonly procfs: string;
  /** Whether it knows anything: without procfs there is nothing to be seen of any process. */
  readonly available: boolean;

  constructor(pid: number, procfs = PROCFS) {
    this.pid = pid;
    this.procfs = procfs;
    this.available = kernelAvailable(procfs);
  }

  read(): ProcessReading {
    const threads: ThreadReading[] = [];
    for (const tid of this.#tids()) {
      const thread = this.#thread(tid);
      if (thread !== undefined) threads.push(thread);
    }
    return { pid: this.pid, threads };
  }

  /** Whether the process's first OS thread runs, or wants to: a look that is cheap, and mostly saves one that is not. */
  runs(): boolean {
    return statOf(this.#read(`task/${this.pid}/stat`))?.state === 'R';
  }

  /** Processor time that the process has used, in milliseconds, to a clock tick. */
  processorTime(): number {
    return statOf(this.#read('stat'))?.time ?? 0;
  }

  /**
   * The connections of the process, by their port at its end, to a port of the harness's at which received bytes lie
   * that it has not read.
   */
  unread(remotePort: number): ReadonlyMap<number, number> {
    return unreadQueues(this.#read('net/tcp') ?? '', remotePort);
  }

  /** Milliseconds after which the thread's system call gives up by itself; Infinity where it does not; undefined where that cannot be told. */
  wakeUp(tid: number): number | undefined {
    const line = this.#read(`task/${tid}/syscall`);
    return line === undefined ? undefined : timeOutOf(line, process.arch);
  }

  /** The files mapped into the process whose name holds a text: where a C library shows. Undefined where that cannot be told. */
  mapped(part: string): readonly string[] | undefined {
    const maps = this.#read('maps') ?? '';
    // A process that has ended maps nothing.
    if (maps === '') return undefined;
    const files = maps.split('\n').map((line) => line.slice(line.indexOf('/')));
    return [
      ...new Set(files.filter((file) => file.startsWith('/') && file.slice(file.lastIndexOf('/')).includes(part))),
    ];
  }

  #tids(): string[] {
    try {
      return readdirSync(`${this.procfs}/${this.pid}/task`);
    } catch {
      return [];
    }
  }

  #read(file: string): string | undefined {
    return tryRead(`${this.procfs}/${this.pid}/${file}`);
  }

  /** Undefined for a thread that ended while it was looked at. */
  #thread(tid: string): ThreadReading | undefined {
    const status = this.#read(`task/${tid}/status`);
    const schedstat = this.#read(`task/${tid}/schedstat`);
    if (status === undefined || schedstat === undefined) return undefined;
    return {
      tid: Number(tid),
      name: /^Name:\s*(.*)$/m.exec(status)?.[1] ?? '',
      state: /^State:\s*(\S)/m.exec(status)?.[1] ?? '?',
      voluntarySwitches: Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? Number.NaN),
      cpu: Number(schedstat.split(' ')[0]),
    };
  }
}

/** Milliseconds of a clock tick, as /proc counts them: USER_HZ is 100 on every platform that Node runs on. */
const TICK = 10;

/** A line of /proc/PID/stat: `17 (a name) S …`, with the times in user and system mode as the 14th and 15th. */
export function statOf(line: string | undefined): { state: string; time: number } | undefined {
  // A name may hold anything, brackets and spaces, too.
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ');
  if (fields?.[0] === undefined) return undefined;
  return { state: fields[0], time: (Number(fields[11]) + Number(fields[12])) * TICK };
}

/** A line of /proc/net/tcp: `0: 0100007F:A0F4 0100007F:1267 01 00000000:0000000D …`, addresses and queues in hexadecimal. */
export function unreadQueues(table: string, remotePort: number): ReadonlyMap<number, number> {
  const queues = new Map<number, number>();
  const remote = `:${remotePort.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of table.split('\n')) {
    const [, local = '', other = '', , queue = ''] = line.trim().split(/\s+/);
    const bytes = Number.parseInt(queue.split(':')[1] ?? '0', 16);
    if (other.endsWith(remote) && bytes > 0) queues.set(Number.parseInt(local.split(':')[1] ?? '0', 16), bytes);
  }
  return queues;
}

/** How a system call names its time-out: in milliseconds in one of its arguments, or by a pointer (null: none). */
type TimeOut = { argument: number; as: 'milliseconds' | 'pointer' | 'never' };

const TIME_OUTS: Record<string, Record<number, TimeOut>> = {
  x64: {
    0: { argument: 0, as: 'never' }, // read
    2: { argument: 0, as: 'never' }, // open: of a named pipe, until somebody opens its other end
    7: { argument: 2, as: 'milliseconds' }, // poll
    23: { argument: 4, as: 'pointer' }, // select
    45: { argument: 0, as: 'never' }, // recvfrom
    61: { argument: 0, as: 'never' }, // wait4
    202: { argument: 3, as: 'pointer' }, // futex
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
    98: { argument: 3, as: 'pointer' }, // futex
    207: { argument: 0, as: 'never' }, // recvfrom
    441: { argument: 3, as: 'pointer' }, // epoll_pwait2
  },
};

/**
 * The time-out of the system call that a line of /proc/PID/task/TID/syscall shows, in milliseconds. A futex waits without
 * end only with a null pointer; a time-out behind a pointer is not read, so it counts as unknown.
 */
export function timeOutOf(line: string, arch: string): number | undefined {
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
    case 'milliseconds':
      return asInt32(argument) < 0 ? Number.POSITIVE_INFINITY : asInt32(argument);
  }
}

/** An int of C in a register of 64 bits, whose upper half may hold anything. */
function asInt32(register: string): number {
  return Number(BigInt.asIntN(32, BigInt(register)));
}

/** One buffer for all reading: hundreds of small ones a second would have the collector run all the time. */
const page = Buffer.allocUnsafe(64 * 1024);

/** A file of procfs, whose size is not known before it is read; undefined where it cannot be. */
function tryRead(path: string): string | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    let text = '';
    for (let size = readSync(file, page); size > 0; size = readSync(file, page))
      text += page.toString('latin1', 0, size);
    return text;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
