import { setTimeout as pause } from 'node:timers/promises';
import { type RecordedEvent, upcast, type Upcasts } from '@junheng/event-store';
import { type Message, RuleViolation } from '@junheng/kernel';
import type { Command } from '@nestjs/cqrs';
import type { Pool, PoolClient } from 'pg';
import type { Process } from './process.js';

/** Carries a command out; its refusal is a {@link RuleViolation}. */
export type Dispatch = (command: Command<unknown>) => Promise<unknown>;

/** What the runner tells about a command that could not be carried out. */
export type Alarm = (trouble: { readonly process: string; readonly tenant: string; readonly code: string }) => void;

export interface ProcessRunnerOptions {
  readonly alarm?: Alarm;
  readonly upcasts?: Upcasts;
}

interface Claimed {
  readonly tenant: string;
  readonly position: number;
  readonly head: number;
}

type Reaction = (event: RecordedEvent<never>) => readonly Command<unknown>[];

const IDLE_MS = 200;
const BATCH = 500;
const LONGEST_RETRY_S = 300;

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

  start(processes: readonly Process<Message>[]): void {
    this.#stopping = new AbortController();
    this.#running = Promise.all(processes.map((process) => this.#follow(process))).then(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Runs a process until no tenant has anything for it. */
  async catchUp(process: Process<Message>): Promise<void> {
    while (await this.#step(process));
  }

  async #follow(process: Process<Message>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const worked = await this.#step(process).catch(() => {
        this.alarm({ process: process.name, tenant: '', code: 'PROCESS_UNAVAILABLE' });
        return false;
      });
      if (!worked) await pause(IDLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** One tenant's next batch; false when there was none. */
  async #step(process: Process<Message>): Promise<boolean> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const claimed = await claim(client, process.name);
      if (claimed) await this.#react(client, process, claimed);
      await client.query('COMMIT');
      return claimed !== undefined;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  async #react(client: PoolClient, process: Process<Message>, claimed: Claimed): Promise<void> {
    const { tenant, position, head } = claimed;
    const reactions = new Map(Object.entries(process.on as Record<string, Reaction>));
    const events = await nextEvents(client, claimed, [...reactions.keys()], this.upcasts);
    let reached = position;
    try {
      for (const event of events) {
        for (const command of reactions.get(event.type)?.(event as RecordedEvent<never>) ?? []) {
          await this.#send(process.name, tenant, command);
        }
        reached = event.position;
      }
      await move(client, process.name, tenant, events.length < BATCH ? head : reached);
    } catch (error) {
      const code = error instanceof RuleViolation ? error.code : 'PROCESS_FAILED';
      this.alarm({ process: process.name, tenant, code });
      await park(client, process.name, tenant, reached, code);
    }
  }

  async #send(process: string, tenant: string, command: Command<unknown>): Promise<void> {
    try {
      await this.dispatch(command);
    } catch (error) {
      if (!(error instanceof RuleViolation) || error.code === 'VERSION_CONFLICT') throw error;
      this.alarm({ process, tenant, code: error.code });
    }
  }
}

/** A candidate first, then the lock on that one row: a lock over many tenants at once is nothing a cluster can do. */
async function claim(client: PoolClient, process: string): Promise<Claimed | undefined> {
  const { rows: candidates } = await client.query<{ tenant_id: string }>(
    `SELECT tenant.tenant_id FROM ledger.tenant
       LEFT JOIN process.checkpoint ON checkpoint.tenant_id = tenant.tenant_id AND process = $1
      WHERE tenant.head > coalesce(checkpoint.position, 0)
        AND (checkpoint.retry_after IS NULL OR checkpoint.retry_after < now())
      ORDER BY random() LIMIT 1`,
    [process],
  );
  const tenant = candidates[0]?.tenant_id;
  if (tenant === undefined) return undefined;
  await client.query('INSERT INTO process.checkpoint (tenant_id, process) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    tenant,
    process,
  ]);
  const { rows } = await client.query<{ position: string }>(
    `SELECT position FROM process.checkpoint WHERE tenant_id = $1 AND process = $2 FOR UPDATE SKIP LOCKED`,
    [tenant, process],
  );
  if (!rows[0]) return undefined;
  const { rows: heads } = await client.query<{ head: string }>('SELECT head FROM ledger.tenant WHERE tenant_id = $1', [
    tenant,
  ]);
  return { tenant, position: Number(rows[0].position), head: Number(heads[0]?.head ?? 0) };
}

async function nextEvents(
  client: PoolClient,
  { tenant, position, head }: Claimed,
  types: readonly string[],
  upcasts: Upcasts,
): Promise<RecordedEvent[]> {
  const { rows } = await client.query<RecordedEvent & { position: string }>(
    `SELECT tenant_id AS tenant, position, stream_id AS stream, version, type, type_version AS "typeVersion",
            data, meta, command_id AS "commandId",
            to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "recordedAt"
       FROM ledger.event
      WHERE tenant_id = $1 AND position > $2 AND position <= $3 AND type = ANY($4)
      ORDER BY position LIMIT ${BATCH}`,
    [tenant, position, head, types],
  );
  return rows.map((row) => ({ ...row, ...upcast(upcasts, row.type, row), position: Number(row.position) }));
}

async function move(client: PoolClient, process: string, tenant: string, position: number): Promise<void> {
  await client.query(
    `UPDATE process.checkpoint SET position = $3, error_code = NULL, attempts = 0, retry_after = NULL
      WHERE tenant_id = $1 AND process = $2`,
    [tenant, process, position],
  );
}

async function park(client: PoolClient, process: string, tenant: string, position: number, code: string) {
  await client.query(
    `UPDATE process.checkpoint
        SET position = $3, error_code = $4, attempts = attempts + 1,
            retry_after = $5::timestamptz + least(power(2, attempts), ${LONGEST_RETRY_S}) * interval '1 second'
      WHERE tenant_id = $1 AND process = $2`,
    [tenant, process, position, code, new Date()],
  );
}
