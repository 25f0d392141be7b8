import { type DecidedStep, decided, type DemoStep, scalePlan } from '@junheng/demo';
import { EventStore } from '@junheng/event-store';
import { builtInStandard, contentHash, type Standard } from '@junheng/standards';
import { createHash } from 'node:crypto';
import pg from 'pg';

export const PROVINCE = '62';
export const COUNTIES = 180;
export const SCHOOLS_OF_COUNTY = 12;
/** Reported, submitted and approved: what a province compares. */
export const COMPARED_YEAR = 2013;
/** Its campaigns are open and no return has been started: what the schools fill in. */
export const OPEN_YEAR = 2014;

const NOW = '2014-10-01T00:00:00.000Z';
const CONCURRENT_TENANTS = 64;

/** The eight indicators of 2012 and seven of them once more under other names: as many as both national standards have. */
export const standardOfFifteen: Standard = (() => {
  const basic = builtInStandard('cn-basic-2012');
  if (!basic?.balance) throw new Error('There is no standard to widen.');
  const more = basic.indicators.slice(0, 7).map((one) => ({ ...one, id: `${one.id}-again`, code: `${one.code}b` }));
  const indicators = [...basic.indicators, ...more];
  const balance = { ...basic.balance, indicators: indicators.map(({ id }) => id) };
  return { ...basic, id: 'bench-fifteen', indicators, balance };
})();

export interface Province {
  readonly schools: ReadonlyMap<string, readonly string[]>;
}

/** A made-up province, decided by the real rules and appended without the way through HTTP; once for a database. */
export async function loadProvince(appUrl: string): Promise<Province> {
  const plan = [...scalePlan({ counties: COUNTIES, schoolsPerCounty: SCHOOLS_OF_COUNTY, years: 2 })]
    .filter(({ category, id }) => category !== 'annualReturn' || !id.endsWith(`-${OPEN_YEAR}`))
    .map(underFifteen);
  const schools = new Map<string, string[]>();
  for (const { tenant, category, id } of plan)
    if (category === 'school') schools.set(tenant, [...(schools.get(tenant) ?? []), id]);
  const pool = new pg.Pool({ connectionString: appUrl, max: 4 });
  await fill(new EventStore(pool), plan);
  await pool.end();
  return { schools };
}

async function fill(store: EventStore, plan: readonly DemoStep[]): Promise<void> {
  if (((await store.head(plan.at(-1)?.tenant ?? '')) ?? 0) > 0) return;
  const byTenant = new Map<string, DecidedStep[]>();
  for (const one of decided(plan, NOW)) {
    const own = byTenant.get(one.step.tenant);
    if (own) own.push(one);
    else byTenant.set(one.step.tenant, [one]);
  }
  await store.openTenants([...byTenant.keys()]);
  const left = [...byTenant.values()];
  const work = async () => {
    for (let steps = left.pop(); steps; steps = left.pop()) for (const one of steps) await append(store, one);
  };
  await Promise.all(Array.from({ length: CONCURRENT_TENANTS }, work));
}

function underFifteen(step: DemoStep): DemoStep {
  if (step.category !== 'adoption' || step.command.type !== 'AdoptStandard') return step;
  const { id: standard, version } = standardOfFifteen;
  const hash = contentHash(standardOfFifteen, (text: string) => createHash('sha256').update(text).digest('hex'));
  return { ...step, id: standard, command: { ...step.command, standard, version, hash, content: standardOfFifteen } };
}

async function append(store: EventStore, { step, events }: DecidedStep): Promise<void> {
  const { tenant, category, id, command, commandId, who } = step;
  if (events.length === 0) return;
  const claims = category === 'school' ? [{ namespace: 'school-code', key: id }] : [];
  const streams = [{ category, id, command, events, claims }];
  await store.append({ tenant, commandId, who: { ...who, correlationId: 'bench' }, streams });
}
