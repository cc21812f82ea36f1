import { type Gated, type Meaning, threadName } from '../program/gated';
import type { Schedule } from '../program/search';
import type { EventParams } from '../protocol/messages';
import type { Entry } from '../trace/record';
import type { Outcome } from './outcome';
import { Tracker } from './tracker';

/** Who stands, who is held up and who has come to the end, in one round of a gated program, by what is heard of it. */
export class GatedRound {
  readonly tracker: Tracker;
  /** How much was heard of it: what the server says counts only if nothing was heard meanwhile. */
  heard = 0;
  /** The server gave up somebody's wait while another could still have gone on: by its clock, not by the order. */
  tooLate = false;
  readonly #gated: Gated;
  readonly #threads: readonly number[];
  readonly #turns: number[] = [];
  readonly #effects: { reads: number; writes: number }[] = [];
  /** Those who say that they wait for their gate to open, and those who have come there. */
  readonly #waiting = new Set<number>();
  readonly #arrived = new Set<number>();
  readonly #over = new Set<number>();
  /** Those who were let go, did not come to wait again, and did not move any more when nothing did. */
  readonly #heldUp = new Set<number>();
  /** Those whose query, or connection, is under way: perhaps the server holds them up, perhaps it is about to answer. */
  readonly #asking = new Set<number>();
  /** Those of whom the server said that they wait for a row, since when none of this round's queries came to an end. */
  readonly #atServer = new Set<number>();
  /** Locks that were let go while somebody was held up for them: one of those is to come. */
  readonly #handed = new Set<string>();

  constructor(gated: Gated) {
    this.#gated = gated;
    this.#threads = [...gated.small.threads.keys()];
    this.tracker = new Tracker(gated.small);
  }

  /** Those who can be let go. */
  ready(): number[] {
    return [...this.#waiting].filter((thread) => !this.#heldUp.has(thread)).sort((a, b) => a - b);
  }

  /** Whether all that the last turn set going has come to rest. */
  get settled(): boolean {
    return this.#handed.size === 0 && this.#threads.every((thread) => this.#rests(thread));
  }

  /** Whether nobody is left who could go on. */
  get over(): boolean {
    return this.#threads.every((thread) => this.#over.has(thread) || this.#heldUp.has(thread));
  }

  hasArrived(thread: number): boolean {
    return this.#arrived.has(thread);
  }

  /** Whoever has asked for a lock, and not been let in at once, is probably held up. */
  get seemsHeldUp(): boolean {
    return this.#threads.some((thread) => {
      const asked = this.tracker.asked(thread);
      return asked !== undefined && asked.for !== 'answer' && !this.#rests(thread);
    });
  }

  /** Nothing moves any more: whoever is still to come will not. */
  rest(): void {
    this.#handed.clear();
    for (const thread of this.#threads)
      if (
        !this.#over.has(thread) &&
        !(this.#waiting.has(thread) && this.#arrived.has(thread)) &&
        !this.#isAsking(thread)
      )
        this.#heldUp.add(thread);
  }

  /** The server says that it waits for a row, and that the wait does not end by itself, unless it is given up. */
  waitsAtServer(thread: number): void {
    if (this.#asking.delete(thread)) this.#atServer.add(thread);
  }

  get schedule(): Schedule {
    return this.#turns;
  }

  /** Whether it is not known yet what becomes of a query, or of a connection that is being made. */
  get asksServer(): boolean {
    return this.#asking.size > 0;
  }

  /** Whether the server can tell: it cannot of a connection that is being made. */
  get queries(): boolean {
    return [...this.#asking].some((thread) => this.tracker.asked(thread) !== undefined);
  }

  /** Whether nobody can go on before the server has ended a wait, which it does by itself. */
  get hangsOnServer(): boolean {
    return this.#atServer.size > 0 && this.ready().length === 0;
  }

  /** What each turn has read and written. */
  get effects(): readonly { readonly reads: number; readonly writes: number }[] {
    return this.#effects;
  }

  outcome(cut = false): Outcome {
    return this.tracker.outcome(this.ready(), cut);
  }

  event(thread: number, event: EventParams): void {
    this.heard += 1;
    const meaning = this.#gated.meanings[thread]?.get(event.label);
    if (meaning !== undefined) this.#take(thread, meaning, event);
    const last = this.#effects.at(-1);
    if (last === undefined) return;
    last.reads = this.tracker.reads;
    last.writes = this.tracker.writes;
  }

  arrived(thread: number): void {
    this.#arrived.add(thread);
    if (this.#waiting.has(thread)) this.#heldUp.delete(thread);
  }

  /** Whether it is known not to come. */
  isHeldUp(thread: number): boolean {
    return this.#heldUp.has(thread);
  }

  /** It is let go now, or was. */
  letGo(thread: number): void {
    this.#arrived.delete(thread);
    this.#waiting.delete(thread);
  }

  #rests(thread: number): boolean {
    return (
      this.#waiting.has(thread) || this.#over.has(thread) || this.#heldUp.has(thread) || this.#atServer.has(thread)
    );
  }

  #isAsking(thread: number): boolean {
    return this.#asking.has(thread) || this.#atServer.has(thread);
  }

  /** Whether it needs nobody to go on, or is on its way. */
  #canGoOn(thread: number): boolean {
    return !this.#over.has(thread) && !this.#heldUp.has(thread) && this.tracker.asked(thread) === undefined;
  }

  #take(thread: number, meaning: Meaning, event: EventParams): void {
    switch (meaning.says) {
      case 'life':
        this.#life(thread, event);
        return;
      case 'stand':
        this.#gate(thread, event.phase);
        return;
      case 'lock':
        this.#lock(thread, meaning.lock, event.phase);
        return;
      case 'join':
        this.#join(thread, meaning.thread, event.phase);
        return;
      case 'read':
        if (event.phase === 'finished') this.tracker.read(thread, meaning.variable, meaning.into);
        return;
      case 'write':
        if (event.phase === 'finished')
          this.tracker.write(thread, meaning.variable, event.value ?? null, meaning.basis, meaning.because);
        return;
      case 'connect':
        if (event.phase === 'started') this.#asking.add(thread);
        else this.#asking.delete(thread);
        return;
      case 'query':
        this.#query(thread, event);
        return;
    }
  }

  #query(thread: number, { phase, error }: EventParams): void {
    if (phase === 'started') {
      this.#asking.add(thread);
      this.tracker.asksServer(thread);
      return;
    }
    this.#asking.delete(thread);
    this.#atServer.delete(thread);
    this.tracker.answered(thread, error?.code);
    if (error?.code === '1205') this.tooLate ||= this.#threads.some((i) => i !== thread && this.#canGoOn(i));
    // Whoever waits there may have been let in by that.
    for (const waiter of this.#atServer) this.#asking.add(waiter);
    this.#atServer.clear();
  }

  #gate(thread: number, phase: EventParams['phase']): void {
    if (phase === 'started') this.#stand(thread);
    else if (phase === 'finished') this.#turn(thread);
  }

  #join(thread: number, other: string, phase: EventParams['phase']): void {
    if (phase === 'started') this.tracker.joins(thread, other);
    else if (phase === 'finished') this.tracker.joined(thread, other);
  }

  #stand(thread: number): void {
    this.tracker.stands(thread);
    this.#heldUp.delete(thread);
    this.#waiting.add(thread);
    for (const lock of this.tracker.holds(thread)) this.#handed.delete(lock);
  }

  #turn(thread: number): void {
    this.tracker.turn(thread);
    this.#turns.push(thread);
    this.#effects.push({ reads: 0, writes: 0 });
  }

  #life(thread: number, { phase, error }: EventParams): void {
    if (phase !== 'finished' && phase !== 'raised') return;
    this.#over.add(thread);
    this.#heldUp.delete(thread);
    this.tracker.ended(thread, phase === 'raised' ? (error?.code ?? 'error') : undefined);
    for (const i of this.#heldUp) if (this.tracker.asked(i)?.for === 'end') this.#heldUp.delete(i);
  }

  #lock(thread: number, lock: string, phase: EventParams['phase']): void {
    if (phase === 'started') this.tracker.asks(thread, lock);
    else if (phase === 'entered') this.tracker.entered(thread, lock);
    else if (this.tracker.holds(thread).includes(lock)) {
      this.tracker.left(thread, lock);
      if ([...this.#heldUp].some((i) => waitsFor(this.tracker, i, lock))) this.#handed.add(lock);
    }
  }
}

function waitsFor(tracker: Tracker, thread: number, lock: string): boolean {
  const asked = tracker.asked(thread);
  return asked?.for === 'lock' && asked.lock === lock;
}

/** All rounds of a run, followed by its entries in the order in which they came to be known. */
export class GatedRounds {
  readonly #rounds: readonly GatedRound[];
  readonly #places = new Map<string, { readonly round: number; readonly thread: number }>();
  #taken = 0;

  constructor(gated: Gated) {
    this.#rounds = Array.from({ length: gated.rounds }, () => new GatedRound(gated));
    for (let round = 1; round <= gated.rounds; round++)
      for (const thread of gated.small.threads.keys())
        this.#places.set(`${threadName(thread, round)}#1`, { round, thread });
  }

  get over(): boolean {
    return this.#rounds.every(({ over }) => over);
  }

  /** How much was heard of each round so far. */
  heard(): number[] {
    return this.#rounds.map(({ heard }) => heard);
  }

  /** The rounds count from 1. */
  round(number: number): GatedRound | undefined {
    return this.#rounds[number - 1];
  }

  /** Of which round an instance is, and which of its green threads. */
  placeOf(instance: string): { readonly round: number; readonly thread: number } | undefined {
    return this.#places.get(instance);
  }

  /** Takes what has been added to the entries since. */
  take(entries: readonly Entry[]): void {
    for (; this.#taken < entries.length; this.#taken++) this.note(entries[this.#taken]);
  }

  /** Takes the next entry. */
  note(entry: Entry | undefined): void {
    switch (entry?.kind) {
      case 'event':
        this.#at(entry.event.thread, (round, thread) => round.event(thread, entry.event));
        return;
      case 'arrived':
        this.#at(entry.thread, (round, thread) => round.arrived(thread));
        return;
      case 'opened':
        this.#at(entry.thread, (round, thread) => round.letGo(thread));
        return;
      case 'quiescent':
        for (const round of this.#rounds) round.rest();
        return;
      case 'row-waits':
        for (const thread of entry.threads) this.#at(thread, (round, i) => round.waitsAtServer(i));
        return;
      case 'rows':
        this.round(entry.round)?.tracker.found(entry.rows);
        return;
      default:
        return;
    }
  }

  #at(instance: string, take: (round: GatedRound, thread: number) => void): void {
    const place = this.#places.get(instance);
    const round = place === undefined ? undefined : this.round(place.round);
    if (place !== undefined && round !== undefined) take(round, place.thread);
  }
}
