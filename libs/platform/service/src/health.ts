import { setTimeout as pause } from 'node:timers/promises';

export type Health = 'ok' | 'degraded' | 'down';

export interface HealthCheck {
  readonly name: string;
  /** A throw or a second without an answer is `down`. */
  check(): Promise<Health>;
}

export interface HealthReport {
  readonly status: Health;
  readonly checks: Readonly<Record<string, Health>>;
}

const PATIENCE_MS = 1_000;
const FRESH_MS = 500;

/** Ready when nothing is down; degraded is still ready: one stopped tenant must not take the others offline. */
export class Readiness {
  #ending = false;
  #last: { readonly at: number; readonly report: Promise<HealthReport> } | undefined;

  constructor(private readonly checks: readonly HealthCheck[]) {}

  report(): Promise<HealthReport> {
    if (this.#ending) return Promise.resolve({ status: 'down', checks: { shutdown: 'down' } });
    if (!this.#last || Date.now() - this.#last.at > FRESH_MS) this.#last = { at: Date.now(), report: this.#ask() };
    return this.#last.report;
  }

  /** From now on not ready, so that a load balancer sends nothing new. */
  end(): void {
    this.#ending = true;
  }

  async #ask(): Promise<HealthReport> {
    const answers = await Promise.all(this.checks.map(async (check) => [check.name, await outcome(check)] as const));
    const states = answers.map(([, state]) => state);
    const status = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok';
    return { status, checks: Object.fromEntries(answers) };
  }
}

async function outcome(check: HealthCheck): Promise<Health> {
  const late = new AbortController();
  try {
    const patience = pause(PATIENCE_MS, 'down' as const, { signal: late.signal });
    patience.catch(() => undefined);
    return await Promise.race([check.check(), patience]);
  } catch {
    return 'down';
  } finally {
    late.abort();
  }
}
