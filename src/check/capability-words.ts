/** Every word that a program can need: docs/protocol.md. */
export const ALL_WORDS: ReadonlySet<string> = new Set([
  ...['spawn', 'join', 'return', 'raise', 'attempt', 'compute', 'call', 'get', 'set', 'when', 'repeat', 'until'],
  ...['sleep/library', 'sleep/standard', 'wait/green', 'wait/raw-pipe', 'touch/file', 'touch/log', 'synchronized'],
  'yield',
  ...['connect/c-library', 'connect/native', 'connect/thread-pool', 'connect/connection-pool', 'query', 'close'],
  // What profiles take.
  ...['kill', 'timeout', 'hold/early', 'hold/log', 'spawn/pool', 'call/callback', 'sleep/negative'],
  ...['patch/on', 'patch/off'],
]);
