import { gives, type ProgramCheck, raises } from '../program-check';

/** What travels through JSON badly where it travels badly at all. */
const AWKWARD = [
  '"quoted" \\ and\nmore',
  'é 漢 😀 \u2028',
  '',
  -1.5,
  0,
  9007199254740991,
  true,
  false,
  null,
  [[1, 'a'], [], [null]],
];

export const FLOW: readonly ProgramCheck[] = [
  {
    says: 'return ends a green thread, from inside other steps, too',
    advice: 'let a return pass through attempt and repeat: it is no error',
    main: [
      {
        do: 'repeat',
        label: 'loop',
        times: 3,
        steps: [{ do: 'attempt', label: 'tried', steps: [{ do: 'return', label: 'leave', value: 1 }] }],
      },
      { do: 'set', label: 'never', variable: 'x', value: 1 },
    ],
    outcomes: { main: [gives('leave'), gives('tried'), gives('loop')] },
  },
  {
    says: 'raise raises its name as a code, and attempt catches it and gives the code',
    advice: 'report the step as raised with {"code","message"}, and go on after the attempt',
    main: [
      {
        do: 'attempt',
        label: 'tried',
        into: 'code',
        steps: [
          { do: 'raise', label: 'oops', error: 'boom' },
          { do: 'set', label: 'never', variable: 'x', value: 1 },
        ],
      },
      { do: 'set', label: 'kept', variable: 'x', from: 'code' },
      { do: 'attempt', label: 'calm', steps: [] },
    ],
    outcomes: { main: [raises('oops', 'boom'), gives('tried', 'boom'), gives('kept', 'boom'), gives('calm')] },
  },
  {
    says: 'what main raises and nobody catches ends the program, and is no error of run',
    advice: 'answer run with a result as usual: the raised event has told it all',
    main: [
      { do: 'raise', label: 'oops', error: 'boom' },
      { do: 'set', label: 'never', variable: 'x', value: 1 },
    ],
    outcomes: { main: [raises('oops', 'boom')] },
  },
  {
    says: 'call runs its steps once, inside nested calls',
    advice: 'call yourself depth times, and run the steps in the innermost call',
    main: [
      { do: 'call', label: 'called', depth: 30, steps: [{ do: 'set', label: 'inside', variable: 'x', value: 1 }] },
    ],
    outcomes: { main: [gives('inside', 1), gives('called')] },
  },
  {
    says: 'when runs its steps if the local holds that very value',
    advice: 'compare as JSON does: 1 is neither "1" nor true, lists by what they hold, and what was never set is null',
    main: [
      { do: 'get', variable: 'one', into: 'one' },
      { do: 'get', variable: 'list', into: 'list' },
      { do: 'when', local: 'one', is: '1', steps: [{ do: 'set', label: 'text', variable: 'x', value: 1 }] },
      { do: 'when', local: 'one', is: true, steps: [{ do: 'set', label: 'truth', variable: 'x', value: 1 }] },
      { do: 'when', local: 'one', is: 1, steps: [{ do: 'set', label: 'number', variable: 'x', value: 1 }] },
      { do: 'when', local: 'list', is: [1, 'a', null], steps: [{ do: 'set', label: 'list', variable: 'x', value: 1 }] },
      { do: 'when', local: 'unset', is: null, steps: [{ do: 'set', label: 'unset', variable: 'x', value: 1 }] },
      { do: 'when', label: 'not', local: 'unset', is: 0, steps: [] },
    ],
    variables: { one: 1, list: [1, 'a', null] },
    outcomes: { main: [gives('number', 1), gives('list', 1), gives('unset', 1), gives('not')] },
  },
  {
    says: 'repeat runs its steps so many times',
    advice: 'report each round of a labelled step anew',
    main: [{ do: 'repeat', label: 'loop', times: 3, steps: [{ do: 'set', label: 'round', variable: 'x', value: 1 }] }],
    outcomes: { main: [gives('round', 1), gives('round', 1), gives('round', 1), gives('loop')] },
  },
  {
    says: 'until looks before each round, and stops when the variable holds the value',
    advice: 'look at the shared variable first: what is so from the start takes no round',
    main: [
      {
        do: 'until',
        label: 'counted',
        variable: 'n',
        is: 2,
        steps: [
          { do: 'get', variable: 'n', into: 'n' },
          { do: 'set', label: 'round', variable: 'n', from: 'n', plus: 1 },
        ],
      },
      {
        do: 'until',
        label: 'at-once',
        variable: 'n',
        is: 2,
        steps: [{ do: 'set', label: 'never', variable: 'x', value: 1 }],
      },
    ],
    variables: { n: 0 },
    outcomes: { main: [gives('round', 1), gives('round', 2), gives('counted'), gives('at-once')] },
  },
  {
    says: 'until stops when its flag is raised',
    advice: "look for the file flag-NAME in the run's folder before each round, by a plain file call",
    main: [
      {
        do: 'until',
        label: 'loop',
        variable: 'n',
        is: 1,
        unless: 'enough',
        steps: [{ do: 'set', variable: 'x', value: 1 }],
      },
    ],
    variables: { n: 0 },
    acts: [
      { act: 'await', step: { label: 'loop' }, phase: 'started', count: 1 },
      { act: 'raise', flag: 'enough' },
    ],
    outcomes: { main: [gives('loop')] },
  },
  {
    says: 'get and set read and write shared variables; what was never set is null',
    advice: 'start with the values of "variables"; set gives what it wrote',
    main: [
      { do: 'get', label: 'first', variable: 'x', into: 'was' },
      { do: 'get', label: 'unset', variable: 'nothing' },
      { do: 'set', label: 'written', variable: 'y', value: 'a' },
      { do: 'set', label: 'added', variable: 'x', from: 'was', plus: 2.5 },
      { do: 'get', label: 'now', variable: 'x' },
      { do: 'set', label: 'empty', variable: 'y', from: 'unset' },
    ],
    variables: { x: 5 },
    outcomes: {
      main: [
        gives('first', 5),
        gives('unset'),
        gives('written', 'a'),
        gives('added', 7.5),
        gives('now', 7.5),
        gives('empty'),
      ],
    },
  },
  {
    says: 'plus on what is no number raises not-a-number',
    advice: 'check the type before you add; null and texts are no numbers',
    main: [
      { do: 'set', label: 'sum', variable: 'x', value: 'text', plus: 1 },
      { do: 'set', label: 'never', variable: 'x', value: 1 },
    ],
    outcomes: { main: [raises('sum', 'not-a-number')] },
  },
  {
    says: 'values of every kind come back as they were sent',
    advice: 'read and write UTF-8, whatever the locale says, and leave escapes to a JSON library',
    main: AWKWARD.flatMap((value, i) => [
      { do: 'set' as const, label: `set-${i}`, variable: 'x', value },
      { do: 'get' as const, label: `get-${i}`, variable: 'x' },
    ]),
    outcomes: { main: AWKWARD.flatMap((value, i) => [gives(`set-${i}`, value), gives(`get-${i}`, value)]) },
  },
];
