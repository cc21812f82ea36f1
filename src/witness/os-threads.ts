import { readdirSync, statSync } from 'node:fs';
import type { ThreadReading } from '../trace/record';
import { KeptFile, ownNumber } from './procfs';

/** OS threads whose files are kept open; of more than these, who are many only now and then, each is opened anew. */
const KEPT = 64;

/** The OS threads of one process, as procfs tells of them: looked at hundreds of times a second, so that what cannot have changed is not asked again. */
export class OsThreads {
  readonly #folder: string;
  #threads: OsThread[] = [];

  /** @param folder /proc/PID/task */
  constructor(folder: string) {
    this.#folder = folder;
  }

  read(): ThreadReading[] {
    // As many as before, none of whom has ended, are the same as before.
    if (this.#threads.length !== this.#count()) this.#find();
    const readings = this.#threads.flatMap((thread) => thread.read() ?? []);
    if (readings.length === this.#threads.length) return readings;
    this.#find();
    return this.#threads.flatMap((thread) => thread.read() ?? []);
  }

  /** By the number that it has for itself, as readings have it. */
  of(own: number): OsThread | undefined {
    return this.#threads.find((thread) => thread.own === own);
  }

  /** By procfs's number: the first OS thread of a process bears its. */
  numbered(tid: number): OsThread {
    return this.#threads.find((thread) => thread.tid === tid) ?? new OsThread(this.#folder, tid, false);
  }

  close(): void {
    for (const thread of this.#threads.splice(0)) thread.close();
  }

  /** A folder has a link from itself, one from its parent, and one from each folder in it: one for each OS thread. */
  #count(): number {
    try {
      return statSync(this.#folder).nlink - 2;
    } catch {
      // A process that ends while it is looked at is no file that is not there (ENOENT), but no process (ESRCH).
      return 0;
    }
  }

  #find(): void {
    const known = new Map(this.#threads.map((thread) => [thread.tid, thread]));
    this.#threads = this.#tids().map((tid, i) => {
      const thread = known.get(tid);
      // Another may have the number of one that has ended.
      if (thread?.alive !== true) return new OsThread(this.#folder, tid, i < KEPT);
      known.delete(tid);
      return thread;
    });
    for (const gone of known.values()) gone.close();
  }

  #tids(): number[] {
    try {
      return readdirSync(this.#folder).map(Number);
    } catch {
      return [];
    }
  }
}

/** What `status` tells of an OS thread, and `schedstat` at that time: it has not changed unless that has. */
interface Told {
  readonly schedstat: string;
  /** The number that it has for itself. */
  readonly own: number;
  readonly name: string;
  readonly voluntarySwitches: number;
}

class OsThread {
  /** The number by which procfs has it. */
  readonly tid: number;
  readonly #keep: boolean;
  readonly #files: Record<'schedstat' | 'stat' | 'status' | 'syscall', KeptFile>;
  #told: Told | undefined;
  #alive = true;

  constructor(folder: string, tid: number, keep: boolean) {
    this.tid = tid;
    this.#keep = keep;
    const file = (name: string): KeptFile => new KeptFile(`${folder}/${tid}/${name}`);
    this.#files = {
      schedstat: file('schedstat'),
      stat: file('stat'),
      status: file('status'),
      syscall: file('syscall'),
    };
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Known once it has been read. */
  get own(): number | undefined {
    return this.#told?.own;
  }

  /** Known once it has been read. */
  get name(): string | undefined {
    return this.#told?.name;
  }

  /**
   * The processor time is read first: one that has been on no processor since has not given it up either, and only whether it wants
   * one is asked. Undefined for a thread that has ended.
   */
  read(): ThreadReading | undefined {
    const schedstat = this.#read('schedstat');
    if (schedstat !== undefined && schedstat !== this.#told?.schedstat)
      this.#told = this.#toldBy(this.#read('status'), schedstat);
    const state = this.state();
    if (schedstat === undefined || state === undefined || this.#told === undefined) {
      this.#alive = false;
      return undefined;
    }
    const { own, name, voluntarySwitches } = this.#told;
    return { tid: own, name, state, voluntarySwitches, cpu: Number(schedstat.slice(0, schedstat.indexOf(' '))) };
  }

  state(): string | undefined {
    const stat = this.#read('stat');
    return stat === undefined ? undefined : stateIn(stat);
  }

  syscall(): string | undefined {
    return this.#read('syscall');
  }

  close(): void {
    for (const file of Object.values(this.#files)) file.close();
  }

  #toldBy(status: string | undefined, schedstat: string): Told | undefined {
    if (status === undefined) return undefined;
    return {
      schedstat,
      own: ownNumber(status) ?? this.tid,
      name: /^Name:\s*(.*)$/m.exec(status)?.[1] ?? '',
      voluntarySwitches: Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? Number.NaN),
    };
  }

  #read(name: 'schedstat' | 'stat' | 'status' | 'syscall'): string | undefined {
    const text = this.#files[name].read();
    if (!this.#keep) this.#files[name].close();
    return text;
  }
}

/** Of a line of /proc/PID/stat: `17 (a name) S …`. A name may hold anything, brackets and spaces, too. */
function stateIn(stat: string): string {
  return stat.charAt(stat.lastIndexOf(')') + 2);
}
