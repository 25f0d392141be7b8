import { startTestDatabase } from '@junheng/embedded';
import { type Decider, RuleViolation } from '@junheng/kernel';
import pg from 'pg';
import { EventStore, migrate, type Who } from './index.js';

type Command = { type: 'Raise'; by: number } | { type: 'Close' };
type Event = { type: 'Raised'; by: number; to: number } | { type: 'Closed' };
interface State {
  readonly level: number;
  readonly closed: boolean;
}

/** The smallest aggregate that can accept, refuse and change nothing. */
export const gauge: Decider<State, Command, Event> = {
  initial: { level: 0, closed: false },
  decide(command, { level, closed }) {
    switch (command.type) {
      case 'Raise':
        if (closed) throw new RuleViolation('GAUGE_CLOSED', 'The gauge is closed.', { lockedBy: 'Close' });
        return command.by === 0 ? [] : [{ type: 'Raised', by: command.by, to: level + command.by }];
      case 'Close':
        return closed ? [] : [{ type: 'Closed' }];
    }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'Raised':
        return { ...state, level: event.to };
      case 'Closed':
        return { ...state, closed: true };
    }
  },
};

export const zhushan = '420323';
export const fangxian = '420325';
export const admin: Who = {
  actor: 'admin-420323',
  role: 'county-admin',
  scope: { region: zhushan },
  correlationId: 'c-1',
};

/** A migrated database with the ledgers of two counties, as its owner and as the application. */
export async function openLedger() {
  const database = await startTestDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await migrate(owner);
  const appUrl = database.url('junheng_app');
  const pool = new pg.Pool({ connectionString: appUrl, max: 8 });
  const store = new EventStore(pool);
  await store.openTenants([zhushan, fangxian]);
  const raise = (id: string, by: number, commandId: string, tenant = zhushan, using = store) =>
    using.handle(gauge, {
      ...{ tenant, category: 'gauge', id, commandId, command: { type: 'Raise', by } },
      who: { ...admin, scope: { region: tenant } },
    });
  const close = async () => {
    await pool.end();
    await owner.end();
    await database.stop();
  };
  return { owner, pool, appUrl, store, raise, close };
}

/** The code of a refusal, `'accepted'`, or whatever else went wrong. */
export function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'accepted',
    (error: unknown) => (error instanceof RuleViolation ? error.code : error),
  );
}
