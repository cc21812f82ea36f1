import { ChildGroup } from './child-group';
import type { AdapterCommand } from './command';
import { runsContainer } from './container-command';

let ahead: { readonly command: AdapterCommand; readonly group: ChildGroup } | undefined;

/**
 * Starts an adapter before the harness has loaded what it speaks to it with: both take a while. Whoever launches that command
 * next takes this process for it; what is wrong with it shows there.
 */
export function startAhead(command: AdapterCommand): void {
  // It shares a folder that is yet to be made.
  if (runsContainer(command)) return;
  try {
    ahead = { command, group: new ChildGroup(command) };
  } catch {
    // There can be no such command: its launch fails in the same way.
  }
}

/** The process that was started ahead for a command, once. */
export function takeAhead(command: AdapterCommand): ChildGroup | undefined {
  if (ahead?.command !== command) return undefined;
  const { group } = ahead;
  ahead = undefined;
  return group;
}

/** Ends a process that was started ahead and that nobody has taken. */
export function dropAhead(): void {
  ahead?.group.kill();
  ahead = undefined;
}
