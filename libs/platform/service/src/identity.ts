import type { Scope } from '@junheng/event-store';

export const ROLES = [
  'province-supervisor',
  'city-reviewer',
  'county-admin',
  'county-officer',
  'school-principal',
  'school-reporter',
  'auditor',
  'operator',
] as const;

export type Role = (typeof ROLES)[number];

/** Who a verified token belongs to. */
export interface Identity {
  /** The account id, never a name. */
  readonly actor: string;
  readonly role: Role;
  readonly scope: Scope;
  /** The client that the token was issued to. */
  readonly client?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface IdentityVerifier {
  /** Throws a RuleViolation `UNAUTHENTICATED` on any token that is not to be trusted, `FORBIDDEN` on one without rights. */
  verify(token: string): Promise<Identity>;
  /** Whether it has the keys that it needs; asked by readiness. */
  ready(): Promise<boolean>;
}
