import type { StoreObserver } from '@junheng/event-store';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Prometheus metrics of one service. Labels take words from our own code only, so they cannot multiply. */
export class Metrics {
  readonly registry = new Registry();

  readonly #appends = this.#histogram('junheng_append_seconds', 'One group commit', SECONDS);
  readonly #groups = this.#histogram(
    'junheng_append_group_size',
    'Appends in one commit',
    [1, 2, 4, 8, 16, 32, 64, 128],
  );
  readonly #waiting = new Gauge({
    name: 'junheng_append_waiting',
    help: 'Appends that waited when the last group left',
    registers: [this.registry],
  });
  readonly #loads = this.#histogram('junheng_load_seconds', 'One group of streams loaded', SECONDS);
  readonly #conflicts = new Counter({
    name: 'junheng_version_conflicts_total',
    help: 'Version conflicts that the store retried',
    labelNames: ['category'],
    registers: [this.registry],
  });
  readonly #operations = this.#histogram('junheng_operation_seconds', 'One root field', SECONDS, [
    'operation',
    'outcome',
  ]);
  readonly #http = this.#histogram('junheng_http_seconds', 'One request', SECONDS, ['method', 'route', 'status']);

  /** Plugs into the event store. */
  readonly store: StoreObserver = {
    appended: ({ size, milliseconds, waiting }) => {
      this.#appends.observe(milliseconds / 1_000);
      this.#groups.observe(size);
      this.#waiting.set(waiting);
    },
    loaded: ({ milliseconds }) => this.#loads.observe(milliseconds / 1_000),
    conflicted: (category) => this.#conflicts.inc({ category }),
  };

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  operation(operation: string, milliseconds: number, failed: boolean): void {
    this.#operations.observe({ operation, outcome: failed ? 'failed' : 'answered' }, milliseconds / 1_000);
  }

  http(method: string, route: string, status: number, milliseconds: number): void {
    this.#http.observe({ method, route, status: `${Math.trunc(status / 100)}xx` }, milliseconds / 1_000);
  }

  #histogram(name: string, help: string, buckets: number[], labelNames: string[] = []): Histogram {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.registry] });
  }
}
