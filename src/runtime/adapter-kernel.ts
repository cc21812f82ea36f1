import type { InitializeResult } from '../protocol/messages';
import { type Blindness, findProcess, numbersAsWeDo } from '../witness/find-process';
import { KernelWitness, witnessOf } from '../witness/kernel';
import { OutputPipe } from '../witness/output-pipe';
import type { AdapterProcess } from './adapter-process';
import { Relay } from './relay';

/** What the kernel knows of an adapter that has answered `initialize`, wherever its process runs; nothing, where it cannot be found. */
export async function kernelOf(
  process: AdapterProcess,
  { pid: told }: InitializeResult,
  procfs: string,
): Promise<KernelWitness> {
  const found = findProcess({ child: process.pid, told, mark: process.mark, procfs });
  if (found.kind === 'found' && !found.direct && numbersAsWeDo(procfs)) process.straysTo(found.pid);
  const blindness = found.kind === 'found' && !found.direct ? await relay(process, found.pid, procfs) : undefined;
  const kernel = blindness === undefined ? witnessOf(found, procfs) : KernelWitness.blind(blindness, procfs);
  void process.ended.then(() => kernel.close());
  return kernel;
}

/** Makes sure that all that the process says can be waited for: one whose last words are on their way is not at rest. */
async function relay(process: AdapterProcess, pid: number, procfs: string): Promise<Blindness | undefined> {
  const pipe = OutputPipe.of(pid, procfs);
  if (pipe !== undefined) {
    const relay = new Relay(pipe);
    process.relayThrough(relay);
    // A mark in a pipe that is another's does not come here.
    if (await relay.flush()) return undefined;
  }
  return {
    why: `the pipe that process ${pid} writes its messages to is not found`,
    advice:
      'write messages to the standard output that the process was started with, a pipe (docker run without --tty)',
  };
}
