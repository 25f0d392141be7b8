/** A demonstration account: everything about it follows from its id. */
export interface Account {
  readonly id: string;
  readonly role: string;
  /** Prefix of the tenants it sees; `-` sees none. */
  readonly region: string;
  readonly school?: string;
}

/** The county that a school belongs to, or undefined when there is no such school. */
export type ResolveSchool = (school: string) => string | undefined | Promise<string | undefined>;

const REGION_ACCOUNTS: readonly (readonly [pattern: RegExp, role: string])[] = [
  [/^supervisor-(\d{2})$/, 'province-supervisor'],
  [/^reviewer-(\d{4})$/, 'city-reviewer'],
  [/^admin-(\d{6})$/, 'county-admin'],
  [/^officer-(\d{6})$/, 'county-officer'],
  [/^auditor-(\d{2}|\d{4}|\d{6})$/, 'auditor'],
];

const SCHOOL_ACCOUNTS: readonly (readonly [pattern: RegExp, role: string])[] = [
  [/^principal-(\d{10})$/, 'school-principal'],
  [/^reporter-(\d{10})$/, 'school-reporter'],
];

export async function accountOf(id: string, resolveSchool: ResolveSchool): Promise<Account | undefined> {
  if (id === 'operator') return { id, role: 'operator', region: '-' };
  for (const [pattern, role] of REGION_ACCOUNTS) {
    const region = pattern.exec(id)?.[1];
    if (region !== undefined) return { id, role, region };
  }
  for (const [pattern, role] of SCHOOL_ACCOUNTS) {
    const school = pattern.exec(id)?.[1];
    if (school === undefined) continue;
    const region = await resolveSchool(school);
    return region === undefined ? undefined : { id, role, region, school };
  }
  return undefined;
}
