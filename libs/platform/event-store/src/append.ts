import type { RefusalDetails } from '@junheng/kernel';
import type { Claim, Scope } from './ledger.js';

/** One command on its way into the ledger: all of its streams or none. */
export interface Append {
  readonly tenant: string;
  readonly commandId: string;
  readonly commandType: string;
  readonly payloadHash: string;
  readonly scope: Scope;
  /** Canonical JSON. */
  readonly meta: string;
  readonly streams: readonly StreamAppend[];
  readonly refusal?: Refusal;
}

export interface StreamAppend {
  readonly stream: string;
  /** Absent: whatever the stream has come to. */
  readonly expectedVersion?: number;
  readonly events: readonly { readonly type: string; readonly typeVersion: number; readonly payload: string }[];
  readonly claims?: readonly Claim[];
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly details: RefusalDetails;
}

export interface AppendResult {
  readonly outcome:
    | 'tenant-unknown'
    | 'scope-exceeded'
    | 'duplicate'
    | 'id-reused'
    | 'refused'
    | 'conflict'
    | 'claim-taken'
    | 'appended';
  readonly versions: readonly number[];
  readonly position: number;
  /** Why it was refused, now or the first time. */
  readonly refusal?: Refusal;
}

/** The arguments of `ledger.append`. */
export function toBatch(appends: readonly Append[]): [string[], string, string, string | null] {
  const rows: object[] = [];
  const payloads: string[] = [];
  const claims: object[] = [];
  appends.forEach((append, index) => {
    const n = index + 1;
    for (const { stream, events, claims: claimed = [] } of append.streams) {
      for (const claim of claimed) claims.push({ n, stream, ...claim });
      if (events.length === 0) payloads.push('');
      for (const { payload } of events) payloads.push(payload);
    }
    rows.push(...rowsOf(append, n));
  });
  const tenants = [...new Set(appends.map(({ tenant }) => tenant))];
  return [tenants, JSON.stringify(rows), payloads.join('\n'), claims.length === 0 ? null : JSON.stringify(claims)];
}

function rowsOf(append: Append, n: number): object[] {
  const rows: { last?: boolean }[] = [];
  for (const { stream, expectedVersion, events } of append.streams) {
    const row = {
      n,
      tenant: append.tenant,
      command_id: append.commandId,
      command: append.commandType,
      payload_hash: append.payloadHash,
      region: toRegion(append.scope),
      school: append.scope.school,
      meta: append.meta,
      stream,
      streams: append.streams.length === 1 ? undefined : append.streams.map((other) => other.stream),
      expected: expectedVersion,
      refusal: append.refusal,
    };
    if (events.length === 0) rows.push({ ...row, nth: 0, more: 0 } as object);
    events.forEach(({ type, typeVersion }, index) => {
      const more = events.length - index - 1;
      rows.push({ ...row, type, type_version: typeVersion, nth: index + 1, more } as object);
    });
  }
  const last = rows.at(-1);
  if (last) last.last = true;
  return rows;
}

/** A region as the ledger's functions and policies know it: the whole country must be asked for by name. */
export function toRegion({ region }: Scope): string {
  return region === '' ? '*' : region;
}

export function fromOutcome(row: unknown): AppendResult {
  const [outcome, versions, position, code, message, details] = row as [
    AppendResult['outcome'],
    number[] | null,
    number | null,
    string | null,
    string | null,
    RefusalDetails | null,
  ];
  const result = { outcome, versions: versions ?? [], position: position ?? 0 };
  return code === null ? result : { ...result, refusal: { code, message: message ?? '', details: details ?? {} } };
}
