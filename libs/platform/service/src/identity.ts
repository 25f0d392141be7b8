import { RuleViolation } from '@junheng/kernel';
import type { Scope } from '@junheng/event-store';
import { z } from 'zod';

/** Role → how long the region code of its scope is. */
const REGION_DIGITS = {
  'province-supervisor': [2],
  'city-reviewer': [4],
  'county-admin': [6],
  'county-officer': [6],
  'school-principal': [6],
  'school-reporter': [6],
  auditor: [0, 2, 4, 6],
  operator: [],
} as const;

export type Role = keyof typeof REGION_DIGITS;

export const ROLES = Object.keys(REGION_DIGITS) as Role[];

/** Who a verified token belongs to. */
export interface Identity {
  /** The subject: an id that stays when a user name changes, and is none. */
  readonly actor: string;
  readonly role: Role;
  readonly scope: Scope;
  /** The client that the token was issued to. */
  readonly client?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface IdentityVerifier {
  /** Refuses with `UNAUTHENTICATED` what is not to be trusted, with `FORBIDDEN` who has no role here. */
  verify(token: string): Promise<Identity>;
  /** Whether it could verify a token now; asked by readiness. */
  ready(): Promise<boolean>;
}

const claimsSchema = z.object({
  sub: z.string().min(1).max(200),
  exp: z.number(),
  azp: z.string().max(200).optional(),
  realm_access: z.object({ roles: z.array(z.string()) }).optional(),
  region: z.string().optional(),
  school: z
    .string()
    .regex(/^\d{10}$/)
    .optional(),
});

/** Reads the claims of a token whose signature, issuer and audience hold. */
export function identityOf(claims: unknown): Identity {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) throw new RuleViolation('UNAUTHENTICATED', 'The token lacks what a token needs.');
  const { sub, exp, azp, realm_access, region = '', school } = parsed.data;
  const role = onlyRole(realm_access?.roles ?? []);
  return {
    actor: sub,
    role,
    scope: scopeOf(role, region, school),
    ...(azp !== undefined && { client: azp }),
    expiresAt: exp * 1_000,
  };
}

// An event says in which role it was caused, so nobody acts in two at once.
function onlyRole(roles: readonly string[]): Role {
  const [role, another] = ROLES.filter((candidate) => roles.includes(candidate));
  if (role === undefined) throw new RuleViolation('FORBIDDEN', 'This account has no role here.');
  if (another !== undefined) throw new RuleViolation('FORBIDDEN', 'This account has more than one role.');
  return role;
}

function scopeOf(role: Role, region: string, school: string | undefined): Scope {
  if (role === 'operator') return { region: '-' };
  const digits: readonly number[] = REGION_DIGITS[role];
  const ofSchool = role === 'school-principal' || role === 'school-reporter';
  if (/^\d*$/.test(region) && digits.includes(region.length) && ofSchool === (school !== undefined)) {
    return school === undefined ? { region } : { region, school };
  }
  throw new RuleViolation('FORBIDDEN', 'The region or school of this account does not fit its role.');
}
