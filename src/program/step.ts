import { z } from 'zod';
import { Name, Value } from './names';

/** Which sleep a step calls: the concurrency library's own, or the standard library's, patched or not. */
const Through = z.enum(['library', 'standard']);

/**
 * How a query reaches MySQL: a C library; a driver in the runtime's own language; the C library in the runtime's pool of OS
 * threads; or the C library on a connection of the runtime's pool of connections.
 */
export const Driver = z.enum(['c-library', 'native', 'thread-pool', 'connection-pool']);
export type Driver = z.infer<typeof Driver>;

const label = Name.optional().describe(
  'a step with a label reports started, and finished or raised; one without reports nothing',
);
const into = Name.optional().describe('the local variable of this green thread that takes the value');

/**
 * Starts `count` instances of a green thread of the program (1 when absent); `through` a pool: in the runtime's pool of green threads, or of
 * whatever tasks it has, which has as many places as its pools were asked to have.
 */
const Spawn = z.strictObject({
  do: z.literal('spawn'),
  label,
  through: z.literal('pool').optional(),
  thread: Name,
  count: z.int().min(1).max(100_000).optional(),
});
/** Waits for every instance of a green thread to end; gives what it returned (a list if there are several), or raises what it raised. */
const Join = z.strictObject({ do: z.literal('join'), label, thread: Name, into });
/** Ends every instance of a green thread so far by the runtime's own means, whatever each is doing; who joins one is raised `killed`. */
const Kill = z.strictObject({ do: z.literal('kill'), label, thread: Name });
/** Ends this green thread with a value. */
const Return = z.strictObject({ do: z.literal('return'), label, value: Value });
/** Raises an error of the given name. */
const Raise = z.strictObject({ do: z.literal('raise'), label, error: Name });
/** Runs steps and catches what they raise; gives the error's code (`1205`, or the name of a `raise`), or null. */
const Attempt = z.strictObject({ do: z.literal('attempt'), label, into });
/** Runs steps, and raises `timed-out` in their midst, which no `attempt` among them catches, once so many seconds have passed. */
const Timeout = z.strictObject({ do: z.literal('timeout'), label, seconds: z.number().min(0).max(60) });
/** Sleeps; without `seconds` the call is made with no argument at all. A negative number is for a profile to ask what it does. */
const Sleep = z.strictObject({
  do: z.literal('sleep'),
  label,
  seconds: z.number().min(-60).max(60).optional(),
  through: Through,
});
/** Lets whoever else is ready run, by the runtime's call for nothing but that: one whose sleep of 0 does so has no need of it. */
const Yield = z.strictObject({ do: z.literal('yield'), label });
/** Burns processor time and calls nothing, until the harness raises the flag. */
const Compute = z.strictObject({ do: z.literal('compute'), label, until: Name });
/**
 * Waits for the harness to open a gate and gives the token that came: on the runtime's green I/O, or by a plain read of a
 * pipe that nothing has patched.
 */
const Wait = z.strictObject({
  do: z.literal('wait'),
  label: Name,
  gate: Name,
  through: z.enum(['green', 'raw-pipe']),
  into,
});
/** Runs steps inside `depth` nested plain calls; or the innermost of these from inside a callback of a library's, such as a sort's key. */
const Call = z.strictObject({
  do: z.literal('call'),
  label,
  depth: z.int().min(1).max(100),
  via: z.literal('callback').optional(),
});
/** A plain operation that must not switch: reads the run's regular file (gives its text), or writes a line to its log. */
const Touch = z.strictObject({ do: z.literal('touch'), label, what: z.enum(['file', 'log']) });
/** Reads a shared variable. */
const Get = z.strictObject({ do: z.literal('get'), label, variable: Name, into });
/** Writes a shared variable: `value`, or what the local variable `from` holds, plus `plus`. */
const SetVariable = z.strictObject({
  do: z.literal('set'),
  label,
  variable: Name,
  value: Value.optional(),
  from: Name.optional(),
  plus: z.number().optional(),
});
/** Runs steps if a local variable holds a value. */
const When = z.strictObject({ do: z.literal('when'), label, local: Name, is: Value });
/** Runs steps inside the runtime's lock of that name; reports `entered` in between. */
const Synchronized = z.strictObject({ do: z.literal('synchronized'), label, name: Name });
/**
 * Runs steps while holding a lock that only the runtime's process has: one of the standard library's that was made before anything was
 * patched, or the one of the logger that `touch` writes with.
 */
const Hold = z.strictObject({ do: z.literal('hold'), label, lock: z.enum(['early', 'log']) });
/** Opens a connection to MySQL; its name belongs to this green thread's program as a whole. */
const Connect = z.strictObject({ do: z.literal('connect'), label, connection: Name, driver: Driver });
/** Sends a query and gives its rows: a list of lists; integers beyond 2^53 as strings. */
const Query = z.strictObject({
  do: z.literal('query'),
  label,
  connection: Name,
  sql: z.string().min(1).max(10_000),
  into,
});
const Close = z.strictObject({ do: z.literal('close'), label, connection: Name });
const Repeat = z.strictObject({ do: z.literal('repeat'), label, times: z.int().min(1).max(1_000_000) });
/** Repeats steps until a shared variable holds a value, or the harness raises the flag `unless`; looked at before each round. */
const Until = z.strictObject({ do: z.literal('until'), label, variable: Name, is: Value, unless: Name.optional() });

/** Steps that hold steps; their schemas are closed over `Step` below, since a type cannot refer to itself on its way. */
const NESTING = [Attempt, Timeout, Call, When, Synchronized, Hold, Repeat, Until] as const;
const PLAIN = [
  Spawn,
  Join,
  Kill,
  Return,
  Raise,
  Sleep,
  Yield,
  Compute,
  Wait,
  Touch,
  Get,
  SetVariable,
  Connect,
  Query,
  Close,
] as const;

export type PlainStep = z.infer<(typeof PLAIN)[number]>;
export type NestingStep = z.infer<(typeof NESTING)[number]> & { steps: Step[] };
export type Step = PlainStep | NestingStep;

const steps = z.lazy((): z.ZodType<Step[]> => z.array(Step));

export const Step: z.ZodType<Step> = z
  .discriminatedUnion('do', [
    ...PLAIN,
    Attempt.extend({ steps }),
    Timeout.extend({ steps }),
    Call.extend({ steps }),
    When.extend({ steps }),
    Synchronized.extend({ steps }),
    Hold.extend({ steps }),
    Repeat.extend({ steps }),
    Until.extend({ steps }),
  ])
  .meta({ id: 'Step' });
