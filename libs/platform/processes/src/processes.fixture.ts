import { startTestDatabase } from '@junheng/embedded';
import { EventStore, migrate, type RecordedEvent } from '@junheng/event-store';
import type { Decider, Message } from '@junheng/kernel';
import { migrateViews } from '@junheng/views';
import { Command } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrateProcesses } from './migrate-processes.js';
import { type Process, processWho } from './process.js';
import { ProcessRunner, type ProcessRunnerOptions } from './process-runner.js';

export interface BellRung extends Message {
  readonly type: 'BellRung';
  readonly note: string;
}
export interface EchoHeard extends Message {
  readonly type: 'EchoHeard';
  readonly note: string;
}
export interface NoiseMade extends Message {
  readonly type: 'NoiseMade';
}
type Sound = BellRung | EchoHeard | NoiseMade;
interface Tell {
  readonly type: 'Tell';
  readonly sound: Sound;
}

const sounds: Decider<null, Tell, Sound> = {
  initial: null,
  decide: ({ sound }) => [sound],
  evolve: (state) => state,
};

/** A bell that is rung in one ledger is heard in another. */
export class Echo extends Command<void> {
  constructor(
    readonly tenant: string,
    readonly note: string,
    readonly commandId: string,
    readonly event: Pick<RecordedEvent<unknown>, 'tenant' | 'position' | 'meta'>,
  ) {
    super();
  }
}

export type SoundProcess = Process<Sound>;

/** Ledgers, and runners over them, on a PostgreSQL of their own. */
export async function openLedgers() {
  const database = await startTestDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await migrate(owner);
  await migrateViews(owner);
  await migrateProcesses(owner);
  const pool = (role: string) => new pg.Pool({ connectionString: database.url(role), max: 8 });
  const app = pool('junheng_app');
  const running = pool('junheng_projector');
  running.on('error', () => undefined);
  const store = new EventStore(app);

  const tell = (
    tenant: string,
    sound: Sound,
    commandId: string = randomUUID(),
    who = processWho('spec', tenant, origin),
  ) =>
    store.handle(sounds, {
      ...{ tenant, category: 'sound', id: sound.type, command: { type: 'Tell', sound }, who, commandId },
    });

  const heard = async (tenant: string): Promise<readonly string[]> => {
    const events = await store.events(tenant, { from: 1, limit: 10_000 });
    return events.flatMap(({ type, data }) => (type === 'EchoHeard' ? [String(data['note'])] : []));
  };

  return {
    owner,
    heard,
    open: (...tenants: string[]) => store.openTenants(tenants),
    ring: (tenant: string, ...notes: string[]) =>
      notes.reduce<Promise<unknown>>(
        (before, note) => before.then(() => tell(tenant, { type: 'BellRung', note })),
        Promise.resolve(),
      ),
    noise: (tenant: string) => tell(tenant, { type: 'NoiseMade' }),

    /** Carries an echo out through the store, as a feature's handler would. */
    async echo(command: Command<unknown>): Promise<void> {
      const { tenant, note, commandId, event } = command as Echo;
      await tell(tenant, { type: 'EchoHeard', note }, commandId, processWho('echo', tenant, event));
    },

    runner: (dispatch: (command: Command<unknown>) => Promise<unknown>, options?: ProcessRunnerOptions) =>
      new ProcessRunner(running, dispatch, options),

    async checkpoint(tenant: string, process: string) {
      const { rows } = await owner.query<{ position: number; error_code: string | null; attempts: number }>(
        `SELECT position::int, error_code, attempts FROM process.checkpoint WHERE tenant_id = $1 AND process = $2`,
        [tenant, process],
      );
      return rows[0];
    },

    /** As if the pause before the next attempt were over. */
    waited: (tenant: string) =>
      owner.query(`UPDATE process.checkpoint SET retry_after = '-infinity' WHERE tenant_id = $1`, [tenant]),

    async close(): Promise<void> {
      await Promise.all([app.end(), running.end(), owner.end()]);
      await database.stop();
    },
  };
}

const origin = { tenant: '42', position: 1, meta: { actor: 'a-1', role: 'county-admin', correlationId: 'c-1' } };

export type OpenLedgers = Awaited<ReturnType<typeof openLedgers>>;
