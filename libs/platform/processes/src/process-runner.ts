import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent, Upcasts } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import type { Command } from '@nestjs/cqrs';
import type { Pool, PoolClient } from 'pg';
import { claim, type Claimed, move, nextEvents, park, read } from './process-checkpoint.js';
import type { AnyProcess } from './process.js';

/** Carries a command out; its refusal is a {@link RuleViolation}. */
export type Dispatch = (command: Command<unknown>) => Promise<unknown>;

/** What the runner tells about a command that could not be carried out. */
export type Alarm = (trouble: {
  readonly process: string;
  readonly tenant: string;
  readonly code: string;
  /** Of the event that is behind it; absent when no event is. */
  readonly position?: number;
}) => void;

export interface ProcessRunnerOptions {
  readonly alarm?: Alarm;
  readonly upcasts?: Upcasts;
}

const IDLE_MS = 200;
const BATCH = 500;
/** A transaction stays open while commands run, so after this long the checkpoint moves and another tenant has its turn. */
const LONGEST_TURN_MS = 1000;

/** Refusals that say nothing about the command: rows are behind, somebody was faster, a ledger is not there yet. */
const PASSING: ReadonlySet<string> = new Set(['BEHIND', 'VERSION_CONFLICT', 'TENANT_UNKNOWN']);

/**
 * Runs processes over every ledger, each with a checkpoint of its own for each tenant. Commands may be sent again
 * after a crash; their ids make that harmless. A command that is refused for good is an alarm and is passed by:
 * the refusal stands in the command log. Any other failure is tried again later, that tenant only.
 */
export class ProcessRunner {
  private readonly alarm: Alarm;
  private readonly upcasts: Upcasts;
  #running: Promise<void> | undefined;
  #stopping = new AbortController();

  constructor(
    private readonly pool: Pool,
    private readonly dispatch: Dispatch,
    { alarm = () => undefined, upcasts = {} }: ProcessRunnerOptions = {},
  ) {
    this.alarm = alarm;
    this.upcasts = upcasts;
  }

  start(processes: readonly AnyProcess[]): void {
    this.#stopping = new AbortController();
    this.#running = Promise.all(processes.map((process) => this.#follow(process))).then(() => undefined);
  }

  /** Ends after the event that is being reacted to. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Runs a process until no tenant has anything for it, save those that are held by others or wait to be tried again. */
  async catchUp(process: AnyProcess): Promise<void> {
    while (!this.#stopping.signal.aborted && (await this.#step(process)));
  }

  async #follow(process: AnyProcess): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const worked = await this.#step(process).catch(() => {
        this.alarm({ process: process.name, tenant: '', code: 'PROCESS_UNAVAILABLE' });
        return false;
      });
      if (!worked) await pause(IDLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** One tenant's next events; false when there were none. */
  async #step(process: AnyProcess): Promise<boolean> {
    const client = await this.pool.connect();
    // Without a listener a connection that dies while commands run would end the program; the next query tells anyway.
    const ignore = () => undefined;
    client.on('error', ignore);
    let broken = true;
    try {
      await client.query('BEGIN');
      const claimed = await claim(client, process.name);
      if (claimed) await this.#react(client, process, claimed);
      await client.query('COMMIT');
      broken = false;
      return claimed !== undefined;
    } finally {
      client.off('error', ignore);
      // Closing the connection rolls back whatever is open on it.
      client.release(broken);
    }
  }

  async #react(client: PoolClient, process: AnyProcess, claimed: Claimed): Promise<void> {
    const { tenant, position, head } = claimed;
    const reactions = new Map(Object.entries(process.on));
    const stored = await nextEvents(client, claimed, [...reactions.keys()], BATCH);
    const began = performance.now();
    let reached = position;
    for (const one of stored) {
      if (this.#stopping.signal.aborted || performance.now() - began > LONGEST_TURN_MS) {
        await move(client, process.name, tenant, reached);
        return;
      }
      const at = Number(one.position);
      try {
        const event = read(one, this.upcasts) as RecordedEvent<never>;
        for (const command of reactions.get(one.type)?.(event) ?? []) await this.#send(process.name, event, command);
      } catch (error) {
        const code = error instanceof RuleViolation ? error.code : 'PROCESS_FAILED';
        this.alarm({ process: process.name, tenant, code, position: at });
        const secondsIn = (performance.now() - began) / 1000;
        await park(client, process.name, tenant, { position: reached, code, secondsIn });
        return;
      }
      reached = at;
    }
    await move(client, process.name, tenant, stored.length < BATCH ? head : reached);
  }

  async #send(process: string, { tenant, position }: RecordedEvent<never>, command: Command<unknown>): Promise<void> {
    try {
      await this.dispatch(command);
    } catch (error) {
      if (!(error instanceof RuleViolation) || PASSING.has(error.code)) throw error;
      this.alarm({ process, tenant, code: error.code, position });
    }
  }
}
