import { basename } from 'node:path';
import { MARK } from '../witness/find-process';
import type { AdapterCommand } from './command';

/** A runtime in a container, as a configuration tells of it. */
export interface ContainerRuntime {
  readonly image: string;
  /** What is run in it; what the image says, where there is none. */
  readonly command?: readonly string[] | undefined;
  /** Further options of `docker run`: they win over greenspec's own. */
  readonly options?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Gates and a server on this machine are at 127.0.0.1. */
const OWN_OPTIONS = ['--rm', '--interactive', '--network', 'host'];

/** Clients of container engines that take the same options. */
const CLIENTS = ['docker', 'podman'];

/**
 * The `docker run` for a runtime in a container, but for what each process and each session add. It runs as the user that greenspec
 * runs as, whose folders it writes to, and who may look at its processes.
 */
export function containerCommand(name: string, container: ContainerRuntime, cwd: string): AdapterCommand {
  const { image, command = [], options = [], env = {} } = container;
  const variables = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const args = ['run', ...OWN_OPTIONS, ...ownUser(), ...variables, ...options, image, ...command];
  return { name, command: 'docker', args, cwd };
}

function ownUser(): string[] {
  const [user, group] = [process.getuid?.(), process.getgid?.()];
  return user === undefined || group === undefined ? [] : ['--user', `${user}:${group}`];
}

/** Whether a command runs a container, be it one of a user's own. */
export function runsContainer({ command, args }: AdapterCommand): boolean {
  return args[0] === 'run' && CLIENTS.includes(basename(command));
}

/** The command with a folder that a container shares with this machine, under the same path. One that runs none sees it anyway. */
export function sharing(command: AdapterCommand, folder: string): AdapterCommand {
  return withOptions(command, ['--volume', `${folder}:${folder}`]);
}

/** The command with a name for its container, and the mark that is in its environment passed on. */
export function named(command: AdapterCommand, name: string): AdapterCommand {
  return withOptions(command, ['--name', name, '--env', MARK]);
}

/** The command with options before those that it has, which win over them; one that runs no container stays the same. */
function withOptions(command: AdapterCommand, options: readonly string[]): AdapterCommand {
  const [run = '', ...rest] = command.args;
  return runsContainer(command) ? { ...command, args: [run, ...options, ...rest] } : command;
}
