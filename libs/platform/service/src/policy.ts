import type { Role } from './identity.js';

/** Who may use a root field, wherever the caller's scope reaches. */
export interface PolicyRow {
  readonly roles: readonly Role[];
  /** Needs no token. */
  readonly public?: true;
  /** Its region arguments may lie outside of the caller's scope, as for published standards and for the operator. */
  readonly scope?: 'any';
}

/** Operation (`Query.county`, `Mutation.submitReturn`, `Subscription.…`) → who may use it. What is absent is denied. */
export type Policy = Readonly<Record<string, PolicyRow>>;
