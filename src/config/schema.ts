import { z } from 'zod';
import { RUNTIME_NAME } from './runtime-name';

const Words = z.array(z.string().min(1)).min(1);

const Container = z.strictObject({
  image: z
    .string()
    .regex(/^[^-\s]\S*$/, 'an image is one word')
    .describe('the image that holds the adapter'),
  command: Words.optional().describe('what starts the adapter in it; what the image says'),
  options: Words.optional().describe('further options of docker run, each word by itself'),
});

const Runtime = z
  .strictObject({
    command: Words.optional().describe(
      'what starts the adapter: a program and its arguments, each by itself; no shell reads them',
    ),
    container: Container.optional().describe('the container that the adapter runs in: docs/containers.md'),
    cwd: z.string().optional().describe("where it is started, from the configuration's folder; that folder"),
    env: z.record(z.string(), z.string()).optional().describe('what it has in its environment besides'),
    expectations: z.string().optional().describe("its file of expectations, from the configuration's folder"),
  })
  .refine(
    ({ command, container }) => (command === undefined) !== (container === undefined),
    'either command or container',
  )
  .meta({ oneOf: [{ required: ['command'] }, { required: ['container'] }] });

const Database = z
  .strictObject({
    mysql: z.string().optional().describe('a server to use: mysql://user:password@host:port/database'),
    image: z.string().optional().describe('a container image to start one from'),
  })
  .refine(({ mysql, image }) => (mysql === undefined) !== (image === undefined), 'either mysql or image')
  .meta({ oneOf: [{ required: ['mysql'] }, { required: ['image'] }] });

/** `greenspec.config.json`, or what `greenspec.config.ts` exports: docs/configuration.md. */
export const Config = z.strictObject({
  $schema: z.string().optional(),
  runtimes: z
    .record(z.string().regex(RUNTIME_NAME, 'a name has letters, digits, and _ . -'), Runtime)
    .optional()
    .describe('runtimes by their names'),
  database: Database.optional(),
  reports: z.string().optional().describe("where results are written, from the configuration's folder"),
  deadline: z.number().positive().max(3600).optional().describe('seconds that one program may take'),
  parallel: z.int().min(1).max(64).optional().describe('how many scenarios are run at a time'),
});

/** What a configuration says. */
export type Config = z.input<typeof Config>;
