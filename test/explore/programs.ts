import fc from 'fast-check';
import type { GreenThread } from '../../src/program/program';
import { type SmallProgram, smallProgram } from '../../src/program/small-program';
import type { Step } from '../../src/program/step';

export const turn: Step = { do: 'sleep', through: 'library', seconds: 0 };

/** Adds 1, with a switch between reading and writing. */
export const adds: Step[] = [
  { do: 'get', variable: 'number', into: 'seen' },
  turn,
  { do: 'set', variable: 'number', from: 'seen', plus: 1 },
];

/** Makes a thing if it is missing, with a switch between looking and making. */
export const looks: Step[] = [
  { do: 'get', variable: 'thing', into: 'seen' },
  turn,
  { do: 'when', local: 'seen', is: null, steps: [{ do: 'set', variable: 'thing', value: 'made' }] },
];

export function under(name: string, steps: Step[]): Step[] {
  return [{ do: 'synchronized', name, steps }];
}

export function made(threads: Record<string, GreenThread>): SmallProgram {
  return smallProgram(threads, { number: 0, other: 0, thing: null });
}

export const race = (count = 2): SmallProgram => made({ clerk: { count, steps: adds } });
export const locked = (count = 2): SmallProgram => made({ clerk: { count, steps: under('till', adds) } });
export const opposite = (): SmallProgram =>
  made({ one: { steps: under('left', under('right', [])) }, two: { steps: under('right', under('left', [])) } });
/** Green threads that have nothing in common, of so many turns each. */
export const apart = (...turns: number[]): SmallProgram =>
  made(Object.fromEntries(turns.map((n, i) => [`t${i}`, { steps: Array.from({ length: n - 1 }, () => turn) }])));

const variable = fc.constantFrom('number', 'other');
const plain: fc.Arbitrary<Step> = fc.oneof(
  fc.constant(turn),
  variable.map((name): Step => ({ do: 'get', variable: name, into: 'seen' })),
  variable.map((name): Step => ({ do: 'set', variable: name, value: 7 })),
  fc.constant<Step>({ do: 'get', variable: 'number', into: 'count' }),
  fc.constant<Step>({ do: 'set', variable: 'number', value: 1, plus: 1 }),
  fc.constant<Step>({ do: 'raise', error: 'Oops' }),
);
const nested: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(fc.constantFrom('left', 'right'), fc.array(plain, { maxLength: 2 }))
    .map(([name, steps]): Step => ({ do: 'synchronized', name, steps })),
  fc.tuple(fc.constantFrom(['left', 'right'], ['right', 'left']), fc.array(plain, { maxLength: 1 })).map(
    ([[outer = '', inner = ''], steps]): Step => ({
      do: 'synchronized',
      name: outer,
      steps: [{ do: 'synchronized', name: inner, steps }],
    }),
  ),
  fc.array(plain, { maxLength: 2 }).map((steps): Step => ({ do: 'when', local: 'seen', is: 0, steps })),
  fc.array(plain, { maxLength: 2 }).map((steps): Step => ({ do: 'attempt', steps })),
  fc.constantFrom('t0', 't1').map((thread): Step => ({ do: 'join', thread })),
);

/** Two or three green threads of a few steps each, over two variables and two locks. */
export const smallPrograms: fc.Arbitrary<SmallProgram> = fc
  .array(fc.array(fc.oneof({ arbitrary: plain, weight: 3 }, { arbitrary: nested, weight: 2 }), { maxLength: 3 }), {
    minLength: 2,
    maxLength: 3,
  })
  .map((lists) => Object.fromEntries(lists.map((steps, i) => [`t${i}`, { steps: withoutRisk(steps, lists) }])))
  .map(made);

/** A join of one who may raise cannot be explored. */
function withoutRisk(steps: Step[], lists: readonly Step[][]): Step[] {
  return steps.filter((step) => step.do !== 'join' || !lists[Number(step.thread.slice(1))]?.some(raises));
}

function raises(step: Step): boolean {
  return step.do === 'raise' || ('steps' in step && step.steps.some(raises));
}
