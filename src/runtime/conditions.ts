import { Fault } from '../fault/fault';
import type { InitializeResult } from '../protocol/messages';
import type { KernelWitness } from '../witness/kernel';

/**
 * The mode that a process says it is in is held against what can be seen, before anything is run in it: suites have been fooled
 * for years by tests that silently ran in another mode. The rest shows in each run: OS threads that the kernel does not know are
 * a doubt, and a server that does not answer is a fault of the database.
 *
 * @throws Fault of the adapter: it is not in the mode that was asked, or names a C library that is not there
 */
export function checkConditions(identity: InitializeResult, asked: boolean, kernel: KernelWitness): void {
  if (identity.patched !== asked) {
    throw new Fault({
      party: 'adapter',
      what: "the standard library's sleep is not what was asked for",
      expected: asked ? "the library's own, by monkey-patching" : 'left as it is',
      came: identity.patched ? 'patched' : 'not patched',
    });
  }
  const driver = identity.runtime.drivers['c-library'];
  if (driver?.library === undefined || driver.model === true) return;
  // Without procfs nobody can tell, and claims that need it stay open.
  if (kernel.mapped(driver.library)?.length === 0) {
    throw new Fault({
      party: 'adapter',
      what: `the adapter names ${driver.name} as its C driver, and that is not loaded`,
      expected: `a file named ${driver.library} mapped into process ${kernel.ownPid}`,
      came: 'none',
    });
  }
}
