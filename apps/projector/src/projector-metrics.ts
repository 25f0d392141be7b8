import type { Projector, RunnerObserver } from '@junheng/views';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of the read side. */
export class ProjectorMetrics implements RunnerObserver {
  readonly registry = new Registry();
  readonly #events = new Counter({
    name: 'junheng_projector_events_total',
    help: 'Events folded',
    registers: [this.registry],
  });
  readonly #passes = new Histogram({
    name: 'junheng_projector_pass_seconds',
    help: 'One batch of one tenant',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  readonly #failures = new Counter({
    name: 'junheng_projector_failures_total',
    help: 'Rounds that failed as a whole',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  folded({ events, milliseconds }: { readonly events: number; readonly milliseconds: number }): void {
    this.#events.inc(events);
    this.#passes.observe(milliseconds / 1_000);
  }

  failed(): void {
    this.#failures.inc();
  }

  /** The lag is asked for when somebody scrapes, never on the hot path. */
  watch(projector: Projector): void {
    new Gauge({
      name: 'junheng_projector_lag_events',
      help: 'Events that the tenant furthest behind still lacks',
      registers: [this.registry],
      async collect() {
        const behind = await projector.lag();
        this.set(Math.max(0, ...behind.map(({ head, position }) => head - position)));
      },
    });
    new Gauge({
      name: 'junheng_projector_stopped_tenants',
      help: 'Tenants that stopped at a poison event',
      registers: [this.registry],
      async collect() {
        const behind = await projector.lag();
        this.set(behind.filter(({ stopped }) => stopped !== undefined).length);
      },
    });
  }
}
