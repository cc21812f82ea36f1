import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

/** A line longer than this is no hello. */
const HELLO_LIMIT = 300;

/** Said to one that has gone, and so to nobody: its kernel answers with a reset, and neither end keeps the connection for a minute. */
const FAREWELL = '\n';

/** A green thread that has come to a gate and waits for its token. */
export interface Arrival {
  readonly gate: string;
  readonly thread: string;
  /** The number of the last event that the adapter had written. */
  readonly n: number;
  /** The port at the adapter's end, by which the kernel's tables know the connection. */
  readonly port: number;
}

export interface GateObserver {
  arrived(arrival: Arrival): void;
  opened(arrival: Arrival, token: string): void;
}

/** The gates of one run: each closed until it is opened, and open from then on. */
export class Gates {
  readonly #observer: GateObserver;
  readonly #open = new Set<string>();
  readonly #waiting: { arrival: Arrival; socket: Socket }[] = [];
  /** Of those who were given their token, and have not closed. */
  readonly #going = new Set<Socket>();

  constructor(observer: GateObserver) {
    this.#observer = observer;
  }

  /** Those who wait at a gate now. */
  waiting(gate: string): readonly Arrival[] {
    return this.#waiting.filter(({ arrival }) => arrival.gate === gate).map(({ arrival }) => arrival);
  }

  /** Lets those go who wait at a gate, in the order of their coming, and those who come later at once. */
  open(gate: string): void {
    this.#open.add(gate);
    for (const waiting of this.#waiting.filter(({ arrival }) => arrival.gate === gate)) this.#release(waiting);
  }

  /** Lets one go who waits at a gate, which stays closed. */
  pass(gate: string): void {
    const waiting = this.#waiting.find(({ arrival }) => arrival.gate === gate);
    if (waiting !== undefined) this.#release(waiting);
  }

  /** Ends the run's connections, tokens or not. */
  close(): void {
    for (const { socket } of this.#waiting.splice(0)) socket.destroy();
    for (const socket of this.#going) socket.end();
  }

  admit(arrival: Arrival, socket: Socket): void {
    const waiting = { arrival, socket };
    this.#waiting.push(waiting);
    socket.once('close', () => this.#forget(waiting));
    this.#observer.arrived(arrival);
    if (this.#open.has(arrival.gate)) this.#release(waiting);
  }

  #release(waiting: { arrival: Arrival; socket: Socket }): void {
    this.#forget(waiting);
    const token = randomBytes(6).toString('hex');
    this.#observer.opened(waiting.arrival, token);
    this.#giveAndPart(waiting.socket, `${token}\n`);
  }

  /**
   * Who closes first keeps the connection in the kernel's table for a minute (RFC 9293, TIME-WAIT), and a witness reads that table, the
   * slower the more is in it: some ten thousand in a minute of runs. So the other end is left to close.
   */
  #giveAndPart(socket: Socket, line: string): void {
    this.#going.add(socket);
    socket.once('close', () => this.#going.delete(socket));
    socket.prependOnceListener('end', () => socket.write(FAREWELL));
    socket.write(line);
  }

  #forget(waiting: { arrival: Arrival; socket: Socket }): void {
    const index = this.#waiting.indexOf(waiting);
    if (index >= 0) this.#waiting.splice(index, 1);
  }
}

/** The loopback server to which the green threads of all runs come; the nonce in a hello tells whose it is. */
export class GateServer {
  readonly #server: Server;
  readonly #runs = new Map<string, { readonly gates: Gates; readonly before: (() => Promise<unknown>) | undefined }>();
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#greet(socket));
  }

  static async listen(): Promise<GateServer> {
    const server = createServer({ noDelay: true, allowHalfOpen: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new GateServer(server);
  }

  get address(): { host: string; port: number } {
    return { host: '127.0.0.1', port: (this.#server.address() as AddressInfo).port };
  }

  /** @param before what is waited for before anybody is let in: where events take a longer way than hellos, those that came before one */
  enter(nonce: string, gates: Gates, before?: () => Promise<unknown>): void {
    this.#runs.set(nonce, { gates, before });
  }

  leave(nonce: string): void {
    this.#runs.get(nonce)?.gates.close();
    this.#runs.delete(nonce);
  }

  close(): void {
    for (const nonce of [...this.#runs.keys()]) this.leave(nonce);
    this.#server.close();
    // Whoever came and said nothing, or does not leave.
    for (const socket of this.#sockets) socket.destroy();
  }

  #greet(socket: Socket): void {
    let text = '';
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.setEncoding('utf8');
    socket.once('end', () => socket.end());
    // An adapter that dies resets its connections; its death shows where it is dealt with.
    socket.on('error', () => socket.destroy());
    const read = (chunk: string): void => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end < 0 && text.length <= HELLO_LIMIT) return;
      socket.off('data', read);
      // Read on, for its end to be seen; one hello is all that is listened to.
      socket.resume();
      if (end < 0) socket.destroy();
      else this.#admit(text.slice(0, end), socket);
    };
    socket.on('data', read);
  }

  /** A hello that names no run of ours opens nothing: a liar learns no token. */
  #admit(hello: string, socket: Socket): void {
    const [nonce = '', gate = '', thread = '', n = ''] = hello.split(' ');
    const run = this.#runs.get(nonce);
    if (run === undefined || !/^\d+$/.test(n)) {
      socket.destroy();
      return;
    }
    const arrival = { gate, thread, n: Number(n), port: socket.remotePort ?? 0 };
    if (run.before === undefined) run.gates.admit(arrival, socket);
    else
      void run.before().then(() => {
        if (this.#runs.get(nonce) === run && !socket.destroyed) run.gates.admit(arrival, socket);
        else socket.destroy();
      });
  }
}
