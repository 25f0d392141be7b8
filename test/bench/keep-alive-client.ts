import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = /content-length: (\d+)/i;
const NO_BYTES = Buffer.alloc(0);

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/**
 * One connection, one request at a time: no more than a load generator needs, so that the server has the machine.
 * Answers must carry a content-length, as Fastify's do.
 */
export class KeepAliveClient {
  #received: Buffer[] = [];
  #bytes = 0;
  #awaited: { status: number; from: number; end: number } | undefined;
  #settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  private constructor(
    readonly socket: Socket,
    readonly host: string,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#settle?.reject(error));
    socket.on('close', () => this.#settle?.reject(new Error('The connection was closed.')));
  }

  static open(port: number, host = '127.0.0.1'): Promise<KeepAliveClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new KeepAliveClient(socket, `${host}:${port}`)));
    });
  }

  post(path: string, token: string, body: string): Promise<Answer> {
    const head = `POST ${path} HTTP/1.1\r\nhost: ${this.host}\r\ncontent-type: application/json\r\nauthorization: Bearer ${token}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.socket.write(head + body);
    });
  }

  close(): void {
    this.#settle = undefined;
    this.socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#bytes += chunk.length;
    this.#awaited ??= this.#head();
    if (!this.#awaited || this.#bytes < this.#awaited.end) return;
    const { status, from, end } = this.#awaited;
    const whole = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    this.#received = [];
    this.#bytes = 0;
    this.#awaited = undefined;
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.resolve({ status, body: whole.subarray(from, end) });
  }

  #head() {
    const received = this.#received.length === 1 ? (this.#received[0] ?? NO_BYTES) : Buffer.concat(this.#received);
    const at = received.indexOf(HEAD_END);
    if (at < 0) return undefined;
    const head = received.toString('latin1', 0, at);
    const from = at + HEAD_END.length;
    const length = Number(LENGTH.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(length)) throw new Error(`An answer without content-length: ${head}`);
    return { status: Number(head.slice(9, 12)), from, end: from + length };
  }
}
