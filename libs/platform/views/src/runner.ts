import type { Generation, Generations } from './generation.js';
import { laggingTenants } from './lag.js';
import type { Pass, TenantPass } from './tenant-pass.js';

/** What the runner tells about its work; metrics and logs plug in here. */
export interface RunnerObserver {
  folded?(pass: Pass & { readonly tenant: string; readonly generation: number; readonly milliseconds: number }): void;
  wentLive?(generation: number): void;
  dropped?(generations: number): void;
  failed?(error: unknown): void;
}

export interface RunnerOptions {
  /** Tenants folded at the same time, for each generation. */
  readonly lanes: number;
  /** How long a retired generation stays for readers that have not noticed yet. */
  readonly graceSeconds: number;
}

const PAUSE = { shortest: 10, longest: 250, afterFailure: 1000, supervision: 500 };
const TURN_MILLISECONDS = 1000;

/** Keeps the generations of this code up to date; any number of copies may run. */
export class Runner {
  readonly #feeding = new Map<number, Promise<void>>();
  readonly #wakers = new Set<() => void>();
  #mine: readonly Generation[] = [];
  #stopping = false;
  #supervising: Promise<void> | undefined;
  observer: RunnerObserver = {};

  constructor(
    readonly generations: Generations,
    readonly pass: TenantPass,
    readonly options: RunnerOptions,
  ) {}

  start(): void {
    this.#supervising ??= this.#supervise();
  }

  /** Folds until a round finds nothing more to do. */
  async catchUp(): Promise<void> {
    await this.generations.ensure();
    this.#mine = await this.generations.mine();
    for (const generation of this.#mine) while ((await this.#round(generation)) > 0);
  }

  /** Finishes the transactions at hand and ends. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await this.#supervising;
    await Promise.all(this.#feeding.values());
  }

  /** Looks for new events at once; for a process that has just appended some. */
  wake(): void {
    for (const waken of this.#wakers) waken();
  }

  async #supervise(): Promise<void> {
    let ensured = false;
    while (!this.#stopping) {
      await this.#guarded(async () => {
        if (!ensured) await this.generations.ensure();
        ensured = true;
        this.#mine = await this.generations.mine();
        const dropped = await this.generations.dropRetired(this.options.graceSeconds);
        if (dropped > 0) this.observer.dropped?.(dropped);
        for (const { number } of this.#mine)
          if (!this.#feeding.has(number)) this.#feeding.set(number, this.#feed(number));
      });
      await this.#rest(PAUSE.supervision);
    }
  }

  async #feed(number: number): Promise<void> {
    let pause = PAUSE.shortest;
    for (;;) {
      const generation = this.#mine.find((one) => one.number === number);
      if (!generation || this.#stopping) break;
      const done = await this.#guarded(() => this.#round(generation));
      if (done === undefined) pause = PAUSE.afterFailure;
      else pause = done > 0 ? PAUSE.shortest : Math.min(pause * 2, PAUSE.longest);
      await this.#rest(pause);
    }
    this.#feeding.delete(number);
  }

  async #round(generation: Generation): Promise<number> {
    const tenants = await laggingTenants(this.generations.pool, generation);
    const waiting = tenants.values();
    let progress = 0;
    const lane = async () => {
      for (const tenant of waiting) {
        if (this.#stopping) return;
        progress += await this.#turn(generation, tenant);
      }
    };
    await Promise.all(Array.from({ length: this.options.lanes }, lane));
    if (generation.status === 'building' && !this.#stopping && (await this.generations.flip(generation))) {
      this.#mine = await this.generations.mine();
      this.observer.wentLive?.(generation.number);
    }
    return progress;
  }

  /** One tenant, until it has caught up or others should have their turn. */
  async #turn(generation: Generation, tenant: string): Promise<number> {
    const client = await this.generations.pool.connect();
    const started = performance.now();
    let progress = 0;
    let broken = true;
    try {
      for (let outcome = 'behind'; outcome === 'behind' && !this.#stopping;) {
        const begun = performance.now();
        const pass = await this.pass.run(client, generation, tenant);
        const milliseconds = performance.now() - begun;
        this.observer.folded?.({ ...pass, tenant, generation: generation.number, milliseconds });
        // A pass without events still did something when it derived what was outstanding.
        progress += Math.max(pass.events, pass.outcome === 'caught-up' ? 1 : 0);
        outcome = performance.now() - started < TURN_MILLISECONDS ? pass.outcome : 'enough';
      }
      broken = false;
    } finally {
      client.release(broken);
    }
    return progress;
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.observer.failed?.(error);
      return undefined;
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    if (this.#stopping) return;
    await new Promise<void>((resolve) => {
      const waken = () => {
        clearTimeout(timer);
        this.#wakers.delete(waken);
        resolve();
      };
      const timer = setTimeout(waken, milliseconds);
      this.#wakers.add(waken);
    });
  }
}
