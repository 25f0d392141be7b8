import { type EventMeta, type RecordedEvent, upcast, type Upcasts } from '@junheng/event-store';
import type { ClientBase } from 'pg';
import { ViewFailure } from './view-failure.js';

type Data = Record<string, unknown>;
type EventRow = [
  position: string,
  stream: string,
  version: string,
  type: string,
  typeVersion: string,
  data: string | null,
  meta: string,
  commandId: string,
  recordedAt: string,
];

const asText = { getTypeParser: () => (value: string) => value };

/** Reads a tenant's ledger in order; of events that no view folds, only the position. */
export class EventReader {
  readonly #types: ReadonlySet<string>;

  constructor(
    types: Iterable<string>,
    readonly upcasts: Upcasts = {},
  ) {
    this.#types = new Set(types);
  }

  async read(client: ClientBase, tenant: string, after: number, limit: number): Promise<RecordedEvent[]> {
    const { rows } = await client.query<EventRow>({
      name: 'view-events',
      text: `SELECT position, stream_id, version, type, type_version, CASE WHEN type = ANY ($4) THEN data END, meta,
                    command_id, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
             FROM ledger.event WHERE tenant_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
      values: [tenant, after, limit, [...this.#types]],
      rowMode: 'array',
      types: asText,
    });
    return rows.map((row, index) => {
      const position = Number(row[0]);
      if (position !== after + index + 1)
        throw new ViewFailure('CORRUPT_GAP', `Expected position ${after + index + 1}, found ${position}.`, {
          position: after + index + 1,
        });
      return recordedEvent(tenant, position, row, this.upcasts);
    });
  }
}

function recordedEvent(tenant: string, position: number, row: EventRow, upcasts: Upcasts): RecordedEvent {
  const [, stream, version, type, typeVersion, data, meta, commandId, recordedAt] = row;
  return {
    tenant,
    position,
    stream,
    version: Number(version),
    type,
    typeVersion: Number(typeVersion),
    data:
      data === null
        ? {}
        : upcast(upcasts, type, { typeVersion: Number(typeVersion), data: JSON.parse(data) as Data }).data,
    // Few folds ask who it was, so most never pay for parsing it.
    get meta() {
      return JSON.parse(meta) as EventMeta;
    },
    commandId,
    recordedAt,
  };
}
