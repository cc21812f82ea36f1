import { join } from 'node:path';
import type { Check } from '../../src/check/check';
import { checkAdapter, type Finding } from '../../src/check/check-adapter';
import { withLab } from '../../src/check/open-lab';
import { parseUrl } from '../../src/database/address';
import { ROOT } from '../../src/project';
import type { AdapterCommand } from '../../src/runtime/command';
import { PYTHON } from '../../src/runtime/python-packages';
import { MySqlWitness } from '../../src/witness/mysql';

export interface Found {
  readonly check: Check;
  readonly finding: Finding;
}

/** An adapter for threads that is sound but for one thing. */
export function faulty(fault: string): AdapterCommand {
  const script = join(ROOT, 'test', 'fixtures', 'adapters', 'faulty.py');
  return { name: fault, command: PYTHON, args: [script, fault], cwd: ROOT };
}

/** What is found of an adapter, by the checks whose sentence begins so. */
export async function find(
  command: AdapterCommand,
  { says = '', mysql = false, patience }: { says?: string; mysql?: boolean; patience?: number } = {},
): Promise<Found[]> {
  const found: Found[] = [];
  const observer = {
    heading: () => {},
    found: (check: Check, finding: Finding) => void found.push({ check, finding }),
  };
  const address = parseUrl(process.env.GREENSPEC_MYSQL ?? '');
  let witness: MySqlWitness | undefined;
  const openServer = async () => {
    witness = await MySqlWitness.open(address);
    return { address, witness };
  };
  try {
    await withLab(
      command,
      (lab) => checkAdapter(lab, observer, mysql ? openServer : undefined, (check) => check.says.startsWith(says)),
      { patience },
    );
  } finally {
    await witness?.close();
  }
  return found;
}

/** What is not sound, in one line each. */
export function problems(found: readonly Found[]): string[] {
  return found.flatMap(({ check, finding }) => {
    if (finding.kind === 'unsound') return [`${check.says}: ${finding.complaint.what}`];
    return finding.kind === 'unjudged' ? [`${check.says}: not judged: ${finding.why}`] : [];
  });
}
