/** Every word that a program can need: docs/protocol.md. */
export const ALL_WORDS: ReadonlySet<string> = new Set([
  ...['spawn', 'join', 'return', 'raise', 'attempt', 'compute', 'call', 'get', 'set', 'when', 'repeat', 'until'],
  ...['sleep/library', 'sleep/standard', 'wait/green', 'wait/raw-pipe', 'touch/file', 'touch/log', 'synchronized'],
  ...['connect/c-library', 'connect/native', 'connect/thread-pool', 'connect/connection-pool', 'query', 'close'],
  ...['kill', 'timeout', 'spawn/pool', 'sleep/negative', 'call/callback', 'hold/early', 'hold/log'],
  ...['patch/on', 'patch/off'],
]);
