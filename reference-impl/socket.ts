import { createConnection, type Socket } from 'node:net';
import { type Green, trampoline } from './greenthread';

/** A TCP connection whose calls let other green threads run while they wait. One green thread uses it at a time. */
export class GreenSocket {
  readonly #socket: Socket;
  #received = '';
  #ended = false;
  #error: Error | undefined;
  /** Lets the green thread that waits, if one does, look whether what it waits for is there. */
  #look: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket.setEncoding('utf8');
    socket.on('data', (text) => {
      this.#received += text;
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => {
      this.#ended = true;
    });
    for (const event of ['connect', 'data', 'drain', 'close']) socket.on(event, () => this.#wake());
  }

  /** Throws Node's error (ECONNREFUSED …) if there is no connection to be had. */
  static *connect(host: string, port: number): Green<GreenSocket> {
    const socket = new GreenSocket(createConnection({ host, port, noDelay: true }));
    yield* socket.#until(() => !socket.#socket.connecting);
    if (socket.#error) throw socket.#error;
    return socket;
  }

  /** Waits only if there is more than the operating system takes at once. */
  *send(text: string): Green<void> {
    if (!this.#socket.write(text)) yield* this.#until(() => !this.#socket.writableNeedDrain || this.#ended);
  }

  /** Waits for a line and gives it without its LF; undefined if the connection ended before it came. */
  *receiveLine(): Green<string | undefined> {
    yield* this.#until(() => this.#received.includes('\n') || this.#ended);
    const end = this.#received.indexOf('\n');
    if (end < 0) return undefined;
    const line = this.#received.slice(0, end);
    this.#received = this.#received.slice(end + 1);
    return line;
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Waits in the hub; Node's I/O callback switches straight back to look. */
  *#until(condition: () => boolean): Green<void> {
    while (!condition()) {
      yield* trampoline<void>((look) => {
        this.#look = look;
      });
    }
  }

  #wake(): void {
    const look = this.#look;
    this.#look = undefined;
    look?.();
  }
}
