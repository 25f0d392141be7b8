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
export type Batch = [tenants: string[], brought: number[], lines: string, claims: string | null, smooth: boolean];

export function toBatch(appends: readonly Append[]): Batch {
  const tenants: string[] = [];
  const brought: number[] = [];
  const lines: string[] = [];
  const claims: object[] = [];
  const numbers = new Map<string, number>();
  let smooth = true;
  for (const [index, append] of appends.entries()) {
    const { tenant, commandId, commandType, payloadHash, scope, meta, streams, refusal = '' } = append;
    let t = numbers.get(tenant);
    if (t === undefined) {
      numbers.set(tenant, (t = tenants.push(tenant)));
      brought.push(0);
    }
    let sum = brought[t - 1] as number;
    const several = streams.length > 1 ? `{${streams.map(({ stream }) => JSON.stringify(stream)).join(',')}}` : '';
    const command = `${several}\t${t}\t${commandId}\t${commandType}\t${payloadHash}\t${toRegion(scope)}\t${scope.school ?? ''}`;
    for (const [which, { stream, expectedVersion = '', events, claims: claimed = [] }] of streams.entries()) {
      for (const claim of claimed) claims.push({ n: index + 1, tenant, stream, ...claim });
      smooth &&= several === '' && expectedVersion !== '' && events.length > 0;
      const end = which === streams.length - 1 ? 't' : '';
      const place = `${command}\t${stream}\t${expectedVersion}`;
      if (events.length === 0) lines.push(`${index + 1}\t${end}\t${place}\t0\t0\t${sum}\t\t\t${meta}\t\t${refusal}`);
      let nth = 0;
      for (const { type, typeVersion, payload } of events) {
        nth += 1;
        sum += 1;
        const more = events.length - nth;
        const last = more === 0 ? end : '';
        lines.push(
          `${index + 1}\t${last}\t${place}\t${nth}\t${more}\t${sum}\t${type}\t${typeVersion}\t${meta}\t${payload}\t`,
        );
      }
    }
    brought[t - 1] = sum;
  }
  smooth &&= claims.length === 0;
  return [tenants, brought, lines.join('\n'), claims.length === 0 ? null : JSON.stringify(claims), smooth];
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

/** What `ledger.append` answers: what became of each command, or that all went smoothly and the tenants' new heads. */
export type Answer = readonly Outcome[] | { readonly heads: readonly number[] };

/** In the order of the commands. */
export function fromAnswer(answer: Answer, appends: readonly Append[], [tenants, brought]: Batch): AppendResult[] {
  if ('heads' in answer) {
    const positions = new Map(tenants.map((tenant, i) => [tenant, (answer.heads[i] ?? 0) - (brought[i] ?? 0)]));
    return appends.map(({ tenant, streams }) => {
      const added = streams[0]?.events.length ?? 0;
      const position = (positions.get(tenant) ?? 0) + added;
      positions.set(tenant, position);
      return { outcome: 'appended', versions: [(streams[0]?.expectedVersion ?? 0) + added], position };
    });
  }
  const results: AppendResult[] = [];
  for (const [n, outcome, versions = [], position = 0, code, message = '', details] of answer) {
    const result = { outcome, versions, position };
    results[n - 1] = code ? { ...result, refusal: { code, message, details: details ?? {} } } : result;
  }
  return results;
}
