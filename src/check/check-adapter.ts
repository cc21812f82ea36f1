import type { Bench } from '../runtime/run-plan';
import { GROUPS } from './all-checks';
import type { Check } from './check';
import { INTRODUCTION, ITSELF } from './checks/handshake';
import { type Complaint, type ComplaintFacts, problemOf, Undecided } from './complaint';
import type { Lab } from './lab';

/** What came of one check. */
export type Finding =
  | { readonly kind: 'sound'; readonly note?: string | undefined }
  | { readonly kind: 'unsound'; readonly complaint: ComplaintFacts; readonly exchange: readonly string[] }
  /** It does not apply, or was left out at the user's wish. */
  | { readonly kind: 'left-out'; readonly why: string }
  /** It applies, and nobody can tell. */
  | { readonly kind: 'unjudged'; readonly why: string; readonly exchange: readonly string[] };

export interface Observer {
  heading(text: string): void;
  found(check: Check, finding: Finding): void;
}

/**
 * Makes all checks of an adapter, one after the other.
 *
 * @param wanted which ones; those that the others build upon are made in any case
 * @param openServer is asked where the adapter declares queries; undefined: what takes a server is left out
 */
export async function checkAdapter(
  lab: Lab,
  observer: Observer,
  openServer: (() => Promise<Bench['database']>) | undefined,
  wanted: (check: Check) => boolean = () => true,
): Promise<void> {
  observer.heading('Who it is');
  for (const check of [INTRODUCTION, ITSELF]) {
    const finding = await make(check, lab);
    observer.found(check, finding);
    if (finding.kind !== 'sound') return;
  }
  if (openServer !== undefined && lab.known.identity.capabilities.includes('query')) lab.database = await openServer();
  for (const { heading, checks } of GROUPS) {
    observer.heading(heading);
    for (const check of checks.filter(wanted)) observer.found(check, await look(check, lab));
  }
}

async function look(check: Check, lab: Lab): Promise<Finding> {
  const { needs = [] } = check;
  const missing = needs.filter((word) => !lab.known.identity.capabilities.includes(word));
  if (missing.length > 0) {
    // Without its driver it needs nothing of the rest.
    const driver = missing.find((word) => word.startsWith('connect/'));
    return { kind: 'left-out', why: `not declared: ${driver ?? missing.join(', ')}` };
  }
  if (!needs.includes('query') || lab.server !== undefined) return make(check, lab);
  if (lab.database === undefined) return { kind: 'left-out', why: 'it takes a MySQL server, and --no-mysql was said' };
  return { kind: 'unjudged', why: 'it takes a MySQL server, and there is none', exchange: [] };
}

async function make(check: Check, lab: Lab): Promise<Finding> {
  lab.beginCheck();
  let finding: Finding;
  try {
    finding = { kind: 'sound', note: await check.make(lab) };
  } catch (error) {
    finding = findingOf(problemOf(error), check, lab);
  }
  await lab.clear(finding.kind === 'sound');
  return finding;
}

function findingOf(problem: Complaint | Undecided, check: Check, lab: Lab): Finding {
  const { exchange } = lab;
  if (problem instanceof Undecided) return { kind: 'unjudged', why: problem.message, exchange };
  const { advice = check.advice, section = check.section, ...facts } = problem.facts;
  return { kind: 'unsound', complaint: { ...facts, advice, section }, exchange };
}
