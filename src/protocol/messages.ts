import { z } from 'zod';
import { Name, Value } from '../program/names';
import { Program } from '../program/program';
import { Driver } from '../program/step';

/**
 * `initialize`: all that must be set before a runtime's libraries are imported. Fields that a newer harness adds are
 * ignored, so that the two can come to speak of versions.
 */
export const InitializeParams = z.object({
  protocol: z.int().describe('the newest version that the harness speaks'),
  patch: z.boolean().describe('whether to monkey-patch the standard library'),
  pool: z
    .int()
    .min(1)
    .max(1000)
    .describe("the size of the runtime's pools: of OS threads, and of connections to MySQL"),
});
export type InitializeParams = z.infer<typeof InitializeParams>;

const Versioned = z.object({ name: z.string().min(1).max(200), version: z.string().min(1).max(200) });

/** A driver as an adapter names it. `model`: true by construction only, as in the reference; no C library can be witnessed. */
export const DriverIdentity = Versioned.extend({
  model: z.boolean().optional(),
  library: z
    .string()
    .max(200)
    .optional()
    .describe('part of the file name under which the C library is mapped into the process'),
});
export type DriverIdentity = z.infer<typeof DriverIdentity>;

export const RuntimeIdentity = Versioned.extend({
  language: Versioned,
  hub: z.string().max(200).optional().describe('the hub or event loop that is running'),
  lock: z.object({
    name: z.string().min(1).max(200),
    version: z.string().max(200).optional(),
    standIn: z.boolean().describe("true where OpenStack's lockutils is not what is used"),
  }),
  drivers: z.partialRecord(Driver, DriverIdentity),
  components: z.record(z.string(), z.string()).describe('further versions worth knowing, by name'),
});
export type RuntimeIdentity = z.infer<typeof RuntimeIdentity>;

export const InitializeResult = z.object({
  protocol: z.int().describe('the version that will be spoken'),
  runtime: RuntimeIdentity,
  patched: z.boolean().describe('whether the standard library is patched now'),
  pid: z
    .int()
    .min(1)
    .optional()
    .describe(
      "the id of the adapter's process, as it has it from the operating system: the kernel is asked about that one",
    ),
  capabilities: z.array(z.string().max(100)).describe('what the runtime has, in the words of docs/protocol.md'),
});
export type InitializeResult = z.infer<typeof InitializeResult>;

export const DatabaseAddress = z.strictObject({
  host: z.string(),
  port: z.int().min(1).max(65_535),
  user: z.string(),
  password: z.string(),
  database: z.string(),
});
export type DatabaseAddress = z.infer<typeof DatabaseAddress>;

/** `run`: a program, and where what the harness holds is to be found. */
export const RunParams = z.strictObject({
  run: Name.describe('the name of this run, echoed in every event'),
  nonce: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe("what shows the harness that a gate's hello or a query is of this run"),
  program: Program,
  gates: z.strictObject({ host: z.string(), port: z.int().min(1).max(65_535) }),
  folder: z
    .string()
    .describe(
      'a folder of this run: flags are files named flag-NAME, the regular file is readable.txt, the log is log.txt',
    ),
  database: DatabaseAddress.optional(),
});
export type RunParams = z.infer<typeof RunParams>;

export const RunResult = z.object({
  events: z.int().min(0).describe('the number of the last event'),
  unfinished: z.int().min(0).describe('green threads that have not ended; more than none, and the process is replaced'),
});
export type RunResult = z.infer<typeof RunResult>;

export const Failure = z.object({ code: z.string().max(200), message: z.string().max(2000) });
export type Failure = z.infer<typeof Failure>;

/** `event`: one thing that happened in a green thread, numbered in the order in which the adapter wrote it. */
export const EventParams = z.object({
  run: Name,
  n: z.int().min(1),
  thread: z.string().max(60).describe('the instance: main, or NAME#1, NAME#2 … in the order of spawning'),
  os: z.int().min(0).describe('the id of the OS thread, as the operating system numbers it'),
  at: z.number().optional().describe('milliseconds on a monotonic clock'),
  label: Name,
  phase: z.enum(['started', 'entered', 'finished', 'raised']),
  value: Value.optional(),
  error: Failure.optional(),
});
export type EventParams = z.infer<typeof EventParams>;

const rpc = z.literal('2.0');
export const Notification = z.object({ jsonrpc: rpc, method: z.literal('event'), params: EventParams });
export const Response = z.union([
  z.object({ jsonrpc: rpc, id: z.int(), result: z.unknown() }),
  z.object({
    jsonrpc: rpc,
    id: z.int().nullable(),
    error: z.object({ code: z.int(), message: z.string(), data: z.unknown().optional() }),
  }),
]);
export const Request = z.discriminatedUnion('method', [
  z.object({ jsonrpc: rpc, id: z.int(), method: z.literal('initialize'), params: InitializeParams }),
  z.object({ jsonrpc: rpc, id: z.int(), method: z.literal('run'), params: RunParams }),
  z.object({ jsonrpc: rpc, id: z.int(), method: z.literal('shutdown') }),
]);
export type Request = z.infer<typeof Request>;
