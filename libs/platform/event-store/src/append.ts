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
  /** Canonical JSON of a {@link Refusal}. */
  readonly refusal?: string;
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

/** The arguments of `ledger.append`, whose comment says what a line holds. */
export function toBatch(appends: readonly Append[]): [string[], string, string | null] {
  const brought = new Map<string, number>();
  const lines: string[] = [];
  const claims: object[] = [];
  for (const [index, append] of appends.entries()) {
    const n = index + 1;
    const { tenant, commandId, commandType, payloadHash, scope, meta, streams, refusal } = append;
    const command = `${tenant}\t${commandId}\t${commandType}\t${payloadHash}\t${toRegion(scope)}\t${scope.school ?? ''}`;
    const several = streams.length > 1 ? `{${streams.map(({ stream }) => JSON.stringify(stream)).join(',')}}` : '';
    let sum = brought.get(tenant) ?? 0;
    for (const [which, { stream, expectedVersion = '', events, claims: claimed = [] }] of streams.entries()) {
      for (const claim of claimed) claims.push({ n, tenant, stream, ...claim });
      const last = (more: number) => (more === 0 && which === streams.length - 1 ? 't' : '');
      const head = (more: number) => `${n}\t${last(more)}\t${several}\t${command}\t${stream}\t${expectedVersion}`;
      if (events.length === 0) lines.push(`${head(0)}\t0\t0\t${sum}\t\t\t${meta}\t\t${refusal ?? ''}`);
      let nth = 0;
      for (const { type, typeVersion, payload } of events) {
        nth += 1;
        sum += 1;
        const more = events.length - nth;
        lines.push(`${head(more)}\t${nth}\t${more}\t${sum}\t${type}\t${typeVersion}\t${meta}\t${payload}\t`);
      }
    }
    brought.set(tenant, sum);
  }
  return [[...brought.keys()], lines.join('\n'), claims.length === 0 ? null : JSON.stringify(claims)];
}

/** A region as the ledger's functions and policies know it: the whole country must be asked for by name. */
export function toRegion({ region }: Scope): string {
  return region === '' ? '*' : region;
}

type Outcome = [
  n: number,
  outcome: AppendResult['outcome'],
  versions?: number[],
  position?: number,
  code?: string | null,
  message?: string,
  details?: RefusalDetails | null,
];

/** The answer of `ledger.append`, in the order of the commands. */
export function fromOutcomes(rows: readonly Outcome[]): readonly AppendResult[] {
  const results: AppendResult[] = [];
  for (const [n, outcome, versions = [], position = 0, code, message = '', details] of rows) {
    const result = { outcome, versions, position };
    results[n - 1] = code ? { ...result, refusal: { code, message, details: details ?? {} } } : result;
  }
  return results;
}
