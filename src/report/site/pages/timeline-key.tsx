import type { JSX } from 'preact';

/** How to read a timeline. */
export function TimelineKey(): JSX.Element {
  return (
    <details class="small">
      <summary>How to read a timeline</summary>
      <p>
        From left to right stand the things that came to be known, in their order, one a column: how wide a bar is says
        how much else happened meanwhile, not how long it took. The numbers at the top are those of the runtime's own
        events; the clock beside them counts from the beginning of the run.
      </p>
      <ul>
        <li>
          Each green thread has a lane: a bar is a step, from where it started to where it ended; one with a dashed
          border never ended. ◇ it entered a lock. ✕ the step raised an error.
        </li>
        <li>
          The kernel's lane shows how the OS thread stood while a byte that somebody waits for was on its way: asleep or
          busy with the byte unread, or the byte was served. □ another reading.
        </li>
        <li>MySQL's lane shows what the server itself said of the queries: waiting for a lock, and then answering.</li>
        <li>
          The suite holds a lock (a bar), a green thread comes to a gate (○), the suite lets it through (●), or raises a
          flag (▷).
        </li>
        <li>A red column with an arrow contradicts a claim.</li>
      </ul>
    </details>
  );
}
