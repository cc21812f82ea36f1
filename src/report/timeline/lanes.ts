import type { Entry } from '../../trace/record';

export type LaneKind = 'thread' | 'os' | 'mysql' | 'suite';

/** A row of the drawing: a green thread, many of one kind, or one of those that witness the run. */
export interface Lane {
  readonly title: string;
  readonly kind: LaneKind;
  /** The green threads that are drawn in it. */
  readonly threads: readonly string[];
}

/** So many green threads of one kind have a lane each; those after them share one. */
const OWN_LANES = 3;
/** Green threads of a kind that contradict a claim have lanes of their own, up to so many. */
const OWN_LANES_IF_MARKED = 6;

/** The lanes of a run: its green threads in the order in which they are first heard of, then the witnesses that had something to say. */
export function lanesOf(entries: readonly Entry[], against: readonly number[]): Lane[] {
  const kinds = new Map<string, Set<string>>();
  const marked = new Set<string>();
  for (const entry of entries) {
    if (entry.kind !== 'event') continue;
    const { thread, n } = entry.event;
    const kind = kindOf(thread);
    const members = kinds.get(kind) ?? new Set<string>();
    kinds.set(kind, members.add(thread));
    if (against.includes(n)) marked.add(thread);
  }
  return [
    ...[...kinds].flatMap(([kind, members]) => lanesOfKind(kind, [...members], marked)),
    ...witnessLanes(entries).map(({ title, kind }) => ({ title, kind, threads: [] })),
  ];
}

/** `ready` of `ready#12`, and `clerk` of `clerk12#1`. */
function kindOf(thread: string): string {
  return thread.replace(/\d*(#\d+)?$/, '');
}

function lanesOfKind(kind: string, members: readonly string[], marked: ReadonlySet<string>): Lane[] {
  const shown = members.filter((thread) => marked.has(thread)).slice(0, OWN_LANES_IF_MARKED);
  const own = members.filter(
    (thread, i) => i < OWN_LANES || shown.includes(thread) || members.length === OWN_LANES + 1,
  );
  const owning = new Set(own);
  const others = members.filter((thread) => !owning.has(thread));
  const lanes = own.map((thread): Lane => ({ title: thread, kind: 'thread', threads: [thread] }));
  if (others.length === 0) return lanes;
  return [...lanes, { title: `${others.length} more ${kind}`, kind: 'thread', threads: others }];
}

function witnessLanes(entries: readonly Entry[]): { title: string; kind: LaneKind }[] {
  const has = (kinds: readonly Entry['kind'][]): boolean => entries.some(({ kind }) => kinds.includes(kind));
  const lanes: { title: string; kind: LaneKind; there: boolean }[] = [
    { title: osTitle(entries), kind: 'os', there: has(['watched', 'kernel', 'quiescent']) },
    { title: 'MySQL', kind: 'mysql', there: has(['server', 'held', 'row-waits', 'rows']) },
    { title: 'suite and gates', kind: 'suite', there: true },
  ];
  return lanes.filter(({ there }) => there);
}

function osTitle(entries: readonly Entry[]): string {
  const ids = new Set(entries.flatMap((entry) => (entry.kind === 'event' ? [entry.event.os] : [])));
  return ids.size > 1 ? `kernel: ${ids.size} OS threads` : 'kernel: the OS thread';
}
