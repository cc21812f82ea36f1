import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { kernelAvailable, ownNumber, tryRead } from './procfs';

/** The variable in an adapter's environment that holds its mark: by it the process is known in whatever container it runs. */
export const MARK = 'GREENSPEC_PROCESS';

/** Programs that have another process start what they are asked to start: they do not run the adapter, and are not its parents. */
const CLIENTS: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl', 'kubectl']);

/** What is known of an adapter's process. */
export interface Clues {
  /** The process that was started: the adapter, or the client of a container engine. */
  readonly child: number;
  /** The number that the adapter knows its own process by; undefined where it does not say. */
  readonly told?: number | undefined;
  /** What was put into the environment of that process alone, at random. */
  readonly mark: string;
  readonly procfs: string;
}

/** Why the kernel cannot be asked about a process, and what to do about it. */
export interface Blindness {
  readonly why: string;
  readonly advice: string;
}

/** The number by which procfs has a process, and whether it is our own child, whose output comes here at once; or why it is not known. */
export type Found =
  | { readonly kind: 'found'; readonly pid: number; readonly direct: boolean }
  | ({ readonly kind: 'unknown' } & Blindness);

/**
 * Finds the process of an adapter that has answered. A process in a container has another number there than here, where it is no
 * descendant of ours: it is the one that bears the mark and is known to itself by the number that the adapter tells. What cannot be
 * told for certain is not guessed: a process that is not the adapter's must never be looked at.
 */
export function findProcess(clues: Clues): Found {
  const { child, told, procfs } = clues;
  // Without procfs nothing can be asked of any process.
  if (!kernelAvailable(procfs)) return { kind: 'found', pid: child, direct: true };
  const ours = numbersAsWeDo(procfs);
  const elsewhere = ours && startsElsewhere(child, procfs);
  const direct = !elsewhere && (told ?? child) === child;
  if (direct && ours) return { kind: 'found', pid: child, direct };
  return search(clues, told ?? (elsewhere ? undefined : child), direct);
}

/** @param own the number that the process knows itself by; undefined where nobody says it, and it must be alone in its container */
function search(clues: Clues, own: number | undefined, direct: boolean): Found {
  const { procfs } = clues;
  const bearers = numbersIn(procfs).filter((pid) => bears(pid, clues.mark, procfs) && !isClient(pid, procfs));
  const [pid, ...others] = bearers.filter((bearer) => fits(statusOf(bearer, procfs), own, procfs));
  if (pid === undefined) return noneFits(bearers.length, own, procfs);
  if (others.length > 0) return several([pid, ...others]);
  // The one file that takes more than the rights to read the environment.
  if (tryRead(`${procfs}/${pid}/syscall`) === undefined) return hidden([pid], procfs);
  return { kind: 'found', pid, direct };
}

/** Whether a procfs is of the namespace that this process is in: that of the machine, where it is mounted in a container, is not. */
export function numbersAsWeDo(procfs: string): boolean {
  try {
    return readlinkSync(`${procfs}/self`) === String(process.pid);
  } catch {
    return false;
  }
}

/** Whether a process, or one that it has started, is the client of a container engine. */
export function startsElsewhere(pid: number, procfs: string): boolean {
  return isClient(pid, procfs) || childrenOf(pid, procfs).some((child) => startsElsewhere(child, procfs));
}

function isClient(pid: number, procfs: string): boolean {
  return CLIENTS.has((tryRead(`${procfs}/${pid}/comm`) ?? '').trim());
}

/** The processes that a process has started. */
export function childrenOf(pid: number, procfs: string): number[] {
  return numbersIn(`${procfs}/${pid}/task`).flatMap((tid) => {
    const text = tryRead(`${procfs}/${pid}/task/${tid}/children`) ?? '';
    return text.split(' ').filter(Boolean).map(Number);
  });
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function statusOf(pid: number | 'self', procfs: string): string {
  return tryRead(`${procfs}/${pid}/status`) ?? '';
}

/** Whether a process has a mark in its environment. */
export function bears(pid: number, mark: string, procfs: string): boolean {
  return (tryRead(`${procfs}/${pid}/environ`) ?? '').split('\0').includes(`${MARK}=${mark}`);
}

/** Whoever bears the mark may have started others, which bear it, too. */
function fits(status: string, own: number | undefined, procfs: string): boolean {
  return own === undefined ? inContainer(status, procfs) : ownNumber(status) === own;
}

/** Whether a process has a number in more namespaces than this one. */
function inContainer(status: string, procfs: string): boolean {
  return depthOf(status) > depthOf(statusOf('self', procfs));
}

function depthOf(status: string): number {
  return /^NSpid:(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/).length ?? 1;
}

function noneFits(bearers: number, own: number | undefined, procfs: string): Found {
  const suspects = numbersIn(procfs).filter((pid) => {
    const status = statusOf(pid, procfs);
    return inContainer(status, procfs) && fits(status, own, procfs) && isHidden(pid, procfs);
  });
  if (suspects.length > 0) return hidden(suspects, procfs);
  return {
    kind: 'unknown',
    why: `the adapter's process is not found: of ${bearers} that bear its mark none is ${own === undefined ? 'in a container' : `${own} to itself`}`,
    advice: `pass the mark on, as in docker run --env ${MARK}, to a container on this machine: docs/containers.md`,
  };
}

/** Whether a process is there, and may not be looked at. */
function isHidden(pid: number, procfs: string): boolean {
  try {
    closeSync(openSync(`${procfs}/${pid}/environ`, 'r'));
    return false;
  } catch (error) {
    return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

function hidden(pids: readonly number[], procfs: string): Found {
  const users = [...new Set(pids.map((pid) => userOf(pid, procfs)))].sort().join(', ');
  return {
    kind: 'unknown',
    why: `the adapter's process may not be looked at: ${pids.length} that may be it are of user ${users}`,
    advice: 'run greenspec as root, or the container as your own user: docs/containers.md',
  };
}

function userOf(pid: number, procfs: string): string {
  return /^Uid:\s*(\d+)/m.exec(statusOf(pid, procfs))?.[1] ?? 'unknown';
}

function several(pids: readonly number[]): Found {
  return {
    kind: 'unknown',
    why: `the adapter's process may be any of ${pids.join(', ')}`,
    advice: 'start the adapter as the only process of its container, or have it tell its pid: docs/protocol.md',
  };
}
