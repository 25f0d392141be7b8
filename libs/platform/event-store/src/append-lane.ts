import type { Pool } from 'pg';
import { type Answer, type Append, type AppendResult, fromAnswer, toBatch } from './append.js';
import { GroupLane } from './group-lane.js';
import type { StoreObserver } from './store-observer.js';

export interface AppendLaneOptions {
  readonly lanes: number;
  readonly groupLimit: number;
  readonly observer: StoreObserver;
}

const PATIENCE = [50, 500];

/** Group commit: appends that wait at the same moment share a transaction. */
export function appendLane(pool: Pool, { lanes, groupLimit, observer }: AppendLaneOptions) {
  const lane: GroupLane<Append, AppendResult> = new GroupLane({
    lanes,
    limit: groupLimit,
    alone: keysOf,
    async send(appends) {
      const began = performance.now();
      const results = await commit(pool, appends);
      observer.appended?.({ size: appends.length, milliseconds: performance.now() - began, waiting: lane.queued });
      return results;
    },
  });
  return lane;
}

function keysOf({ tenant, commandId, streams }: Append): string[] {
  const keys = [`${tenant} ${commandId}`];
  for (const { stream, claims } of streams) {
    keys.push(`${tenant}/${stream}`);
    for (const { namespace, key } of claims ?? []) keys.push(`${namespace}:${key}`);
  }
  return keys;
}

// A command id makes it safe to send again what may have been committed before the answer was lost.
async function commit(pool: Pool, appends: readonly Append[], failures = 0): Promise<readonly AppendResult[]> {
  const batch = toBatch(appends);
  try {
    const { rows } = await pool.query<{ answer: Answer }>({
      name: 'ledger.append',
      text: 'SELECT ledger.append($1, $2, $3, $4, $5) AS answer',
      values: batch,
    });
    return fromAnswer(rows[0]?.answer ?? [], appends, batch);
  } catch (error) {
    const pause = PATIENCE[failures];
    if (pause === undefined || !isPassing(error)) throw error;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return commit(pool, appends, failures + 1);
  }
}

/** The server or the way to it failed, not what was sent. */
function isPassing(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return /^(?:08|40|53|57P)|^E[A-Z]+$/.test(code) || message.startsWith('Connection terminated');
}
