import { join } from 'node:path';
import type { Mutant } from './mutant';
import { inPatchedProcess, sleepsFor0, takes } from './reach';

/** Mutants of real eventlet. */
export const eventlet: readonly Mutant[] = [
  {
    name: 'eventlet-sleep-0-returns-at-once',
    defect: "eventlet's sleep of 0 returns at once, and switches to nobody",
    reachedBy: sleepsFor0,
    clause: 'YT-3a',
    claim: '{company} runs meanwhile',
    why: /^no other green thread ran meanwhile$/,
    python: file('sleep_0_returns_at_once'),
  },
  {
    name: 'eventlet-lock-excludes-nobody',
    defect: 'The synchronized decorator lets everybody in',
    reachedBy: takes('synchronized'),
    clause: 'TM-5',
    claim: '{int} update(s) is/are lost',
    why: /^\d+ updates were made, and the number is 1: \d+ lost, not 0$/,
    python: file('lock_excludes_nobody'),
  },
  {
    name: 'eventlet-lock-open-after-two-in-a-row',
    defect: 'A lock that one takes twice in a row is open to the other',
    reachedBy: takes('synchronized'),
    clause: 'TM-5',
    claim: 'in {int} of {int} orders {mishap}',
    why: /^two are inside together in the orders? [a-z\d, ]+: /,
    python: file('lock_open_after_two_in_a_row'),
  },
  {
    name: 'eventlet-lock-forgets-who-waits',
    defect: 'Who is woken for a lock that its holder has taken again by then waits on, and is not woken again',
    reachedBy: takes('synchronized'),
    clause: 'TM-5',
    claim: 'in {int} of {int} orders {mishap}',
    why: /^one waits for a lock that nobody holds in the orders? [a-z\d, ]+: /,
    python: file('lock_forgets_who_waits'),
  },
  {
    name: 'eventlet-join-does-not-wait',
    defect: 'Whoever waits for a green thread that still runs is given nothing, at once',
    clause: 'TM-1',
    claim: 'whoever waits for them gets what each {gift}',
    why: /^the wait for clerk\d+ ended before clerk\d+ had$/,
    python: file('join_does_not_wait'),
  },
  {
    name: 'eventlet-os-thread-for-each-green-thread',
    defect: 'Each green thread takes an OS thread, as long as there are fewer than five',
    clause: 'TM-3',
    claim: 'the kernel counts no OS thread more for {int} green threads than for one',
    why: /^\d+ OS threads? more: /,
    python: file('os_thread_for_each_green_thread'),
  },
  {
    name: 'eventlet-runs-in-pool-threads',
    defect: 'Green threads run in the OS threads of the thread pool',
    clause: 'MY-4',
    claim: 'all run on one OS thread, which the kernel knows',
    why: /^\d+ OS threads run green threads: [\d, ]+$/,
    python: file('runs_in_pool_threads'),
  },
  {
    name: 'eventlet-c-library-let-go',
    defect: 'What is named as the library of the C driver is mapped only until a connection is opened',
    reachedBy: takes('connect/c-library'),
    clause: 'MY-2',
    claim: 'the C driver is a C library, mapped into the process',
    why: /^no file named c_library_let_go\.py is mapped into process \d+$/,
    python: file('c_library_let_go'),
  },
  {
    name: 'eventlet-not-patched',
    defect: 'Monkey-patching is asked for, and left out',
    reachedBy: inPatchedProcess,
    lie: true,
    why: /^the standard library's sleep is not what was asked for/,
    python: file('not_patched'),
  },
  {
    name: 'eventlet-native-as-c-library',
    defect: 'PyMySQL, which is all Python, is named as the C driver, with a library of its name',
    reachedBy: takes('query'),
    lie: true,
    why: /^the adapter names PyMySQL as its C driver, and that is not loaded/,
    python: file('native_as_c_library'),
  },
  {
    name: 'eventlet-native-as-c-library-loaded',
    defect: 'PyMySQL, which is all Python, is named as the C driver, with a library that is there for something else',
    reachedBy: takes('query'),
    lie: true,
    why: /^the adapter names PyMySQL as its C driver, and the server knows it as pymysql$/,
    python: file('native_as_c_library_loaded'),
  },
  {
    name: 'eventlet-native-as-c-library-unnamed',
    defect: 'PyMySQL, which is all Python, is named as the C driver, without a library',
    reachedBy: takes('query'),
    lie: true,
    why: /^the adapter names PyMySQL as its C driver, and no library that could be looked for in its process$/,
    python: file('native_as_c_library_unnamed'),
  },
];

function file(name: string): string {
  return join('mutants', 'eventlet', `${name}.py`);
}
