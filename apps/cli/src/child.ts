import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const GRACE_MS = 10_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
/** Who ran this long did not fail at starting. */
const HEALTHY_MS = 60_000;

export interface ChildCommand {
  readonly script: string;
  /** Most of the heap, in MB, where a service would otherwise let its garbage grow. */
  readonly heap?: number;
}

/** A service of ours in a process of its own, started again when it dies until {@link stop} is called. */
export class Child {
  #process: ChildProcess | undefined;
  readonly #stopping = new AbortController();
  #pauseMs = FIRST_PAUSE_MS;
  #startedAt = 0;

  constructor(
    readonly name: string,
    private readonly command: ChildCommand,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  start(): void {
    const { script, heap } = this.command;
    const options = ['--enable-source-maps', ...(heap === undefined ? [] : [`--max-old-space-size=${heap}`])];
    const child = spawn(process.execPath, [...options, script], {
      env: this.environment,
      stdio: ['ignore', 'inherit', 'inherit'],
      // Ctrl-C goes to the whole group of the terminal: we alone decide in which order to end.
      detached: true,
    });
    this.#process = child;
    this.#startedAt = Date.now();
    child.once('exit', (code, signal) => void this.#ended(child, code ?? signal));
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await once(child, 'exit');
    clearTimeout(kill);
  }

  async #ended(child: ChildProcess, how: number | string | null): Promise<void> {
    if (this.#stopping.signal.aborted || child !== this.#process) return;
    if (Date.now() - this.#startedAt > HEALTHY_MS) this.#pauseMs = FIRST_PAUSE_MS;
    console.error(`junheng: the ${this.name} ended (${String(how)}); it is started again in ${this.#pauseMs} ms.`);
    const paused = pause(this.#pauseMs, undefined, { signal: this.#stopping.signal });
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    await paused.then(
      () => this.start(),
      () => undefined,
    );
  }
}
