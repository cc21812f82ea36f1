/** Where docs/protocol.md says what a check holds an adapter to. */
export const SECTIONS = {
  channel: 'The adapter protocol',
  initialize: 'Three requests and a notification: initialize',
  run: 'Three requests and a notification: run',
  event: 'Three requests and a notification: event',
  shutdown: 'Three requests and a notification: shutdown',
  program: 'The program',
  gates: 'Gates',
  lifetime: 'Lifetime',
} as const;

export type Section = keyof typeof SECTIONS;

export function placeOf(section: Section): string {
  return `docs/protocol.md, “${SECTIONS[section]}”`;
}
