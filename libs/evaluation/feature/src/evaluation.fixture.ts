import 'reflect-metadata';
import { startTestDatabase } from '@junheng/embedded';
import { EventStore, migrate, type Who } from '@junheng/event-store';
import type { Decider } from '@junheng/kernel';
import type { RegionEvent, RegionKind, SchoolEvent, SchoolFacts } from '@junheng/register-contract';
import type { AnnualReturnEvent, CampaignEvent, Figures } from '@junheng/reporting-contract';
import { TenantTransaction } from '@junheng/service';
import { cnBasic2012, type Standard } from '@junheng/standards';
import { LiveGeneration, migrateViews, Projector, ViewCatalogue } from '@junheng/views';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type AdoptionWish, OnAdoption } from './adoption.handler.js';
import { CountyBoard } from './county-board.query.js';
import { EvaluationModule } from './evaluation.module.js';
import { evaluationViews } from './evaluation.views.js';
import { OnCountyCondition, OnShortfall } from './finding.handler.js';
import { SchoolAssessments } from './school-assessments.query.js';
import { OnStandard } from './standard.handler.js';

export const caller = (region: string, school?: string): Who => ({
  actor: 'a-1',
  role: school ? 'school-reporter' : 'county-admin',
  scope: { region, ...(school !== undefined && { school }) },
  correlationId: 'c-1',
});

/** A standard short enough to reckon by hand: books per pupil in primary schools, and how content people are. */
export const booksStandard: Standard = {
  ...cnBasic2012,
  id: 'books-42',
  version: '1',
  region: '42',
  indicators: cnBasic2012.indicators.filter(({ id }) => id === 'books'),
  balance: {
    rule: 'each',
    indicators: ['books'],
    limits: { primary: '0.65', junior: '0.55' },
    inclusion: {
      schoolTypes: ['primary', 'nine-year'],
      sponsors: ['county', 'private'],
      leastPupils: {},
      certainty: 'inferred',
    },
    plausiblePupils: { low: '1', high: '4000' },
    borderline: { within: '0.0005', printedDecimals: 2 },
  },
  schools: null,
  norms: [],
  conditions: [
    {
      id: 'balance',
      group: 'balance',
      name: { zh: '均衡', en: 'Balance' },
      certainty: 'inferred',
      check: { kind: 'balance' },
    },
    {
      id: 'satisfaction',
      group: 'public',
      name: { zh: '公众满意度', en: 'Satisfaction' },
      certainty: 'inferred',
      check: { kind: 'figure', comparison: '>=', line: '85', unit: '%', most: '100' },
    },
  ],
};

export const primary = (school: string, other: Partial<SchoolFacts> = {}): SchoolFacts => ({
  school,
  name: `小学 ${school}`,
  schoolType: 'primary',
  sponsor: 'county',
  setting: 'rural',
  cluster: null,
  stages: ['primary'],
  openedOn: '1985-09-01',
  ...other,
});

type Told = RegionEvent | SchoolEvent | CampaignEvent | AnnualReturnEvent;
interface Tell {
  readonly type: 'Tell';
  readonly events: readonly Told[];
}

/** Writes what the register and reporting would have written; their rules are not under test here. */
const told: Decider<null, Tell, Told> = { initial: null, decide: ({ events }) => events, evolve: (state) => state };

/** Evaluation on a PostgreSQL of its own, wired as in the API. */
export async function openEvaluation() {
  const database = await startTestDatabase();
  const pool = (role: string) => new pg.Pool({ connectionString: database.url(role), max: 6 });
  const [app, projecting] = [pool('junheng_app'), pool('junheng_projector')];
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await migrate(owner);
  await migrateViews(owner);

  const catalogue = new ViewCatalogue(evaluationViews);
  const projector = await Projector.of(projecting, catalogue);
  const transaction = new TenantTransaction(
    { url: database.url('junheng_app'), entities: catalogue.entities },
    new LiveGeneration(app, projector.model),
  );
  const store = new EventStore(app);

  @Global()
  @Module({
    providers: [
      { provide: EventStore, useValue: store },
      { provide: TenantTransaction, useValue: transaction },
    ],
    exports: [EventStore, TenantTransaction],
  })
  class PlatformModule {}

  @Module({ imports: [PlatformModule, EvaluationModule] })
  class SpecModule {}

  const nest = await NestFactory.createApplicationContext(SpecModule, { logger: false });
  const [commands, queries] = [nest.get(CommandBus), nest.get(QueryBus)];
  const commandId = randomUUID;

  const tell = (tenant: string, stream: `${string}-${string}`, ...events: readonly Told[]) => {
    const [category = '', ...id] = stream.split('-');
    const command = { type: 'Tell', events } as const;
    const who = caller(tenant);
    return store.handle(told, { tenant, category, id: id.join('-'), command, who, commandId: commandId() });
  };
  const returns = (county: string, school: string, schoolYear: number, ...events: readonly AnnualReturnEvent[]) =>
    tell(county, `annualReturn-${school}-${schoolYear}`, ...events);
  const submitted = (school: string, schoolYear: number, figures: Figures): AnnualReturnEvent => ({
    ...{ type: 'ReturnSubmitted', school, schoolYear, stages: ['primary'], figures, explanations: [], findings: [] },
  });

  /** A tenant that stopped would look like one without news. */
  async function catchUp(): Promise<void> {
    await projector.catchUp();
    const stopped = (await projector.lag()).find((tenant) => tenant.stopped !== undefined);
    if (stopped) throw new Error(`The views stopped: ${JSON.stringify(stopped)}`);
  }

  const written = {
    async region(code: string, kind: RegionKind, name = `${kind} ${code}`): Promise<void> {
      await store.openTenants([code]);
      const [parent, validFrom] = [code.slice(0, -2) || null, '1949-10-01'];
      await tell(code, `region-${code}`, { type: 'RegionRegistered', code, name, kind, parent, validFrom });
    },

    school: (county: string, facts: SchoolFacts) =>
      tell(county, `school-${facts.school}`, { type: 'SchoolRegistered', ...facts }),

    changed: (county: string, event: SchoolEvent) => tell(county, `school-${event.school}`, event),

    campaign: (county: string, schoolYear = 2013, scope: { readonly schools?: readonly string[] } = {}) =>
      tell(county, `campaign-annual-${schoolYear}`, {
        type: 'CampaignOpened',
        campaign: `annual-${schoolYear}`,
        schoolYear,
        asOf: `${schoolYear}-09-01`,
        form: {
          id: 'f',
          version: 1,
          hash: 'h',
          content: { id: 'f', version: '1', sections: [], checks: [] } as never,
        },
        deadline: '2099-09-20T10:00:00.000Z',
        scope,
        openedAt: 'county',
      }),

    seal: (county: string, snapshot: number, sealed: Readonly<Record<string, SchoolFacts & { figures: Figures }>>) =>
      tell(county, 'campaign-annual-2013', {
        type: 'SnapshotSealed',
        campaign: 'annual-2013',
        schoolYear: 2013,
        snapshot,
        returns: Object.fromEntries(Object.entries(sealed).map(([code, one]) => [code, { ...one, version: 2 }])),
        hash: `h${snapshot}`,
      }),

    submitted: (county: string, school: string, figures: Figures, schoolYear = 2013) =>
      returns(county, school, schoolYear, submitted(school, schoolYear, figures)),

    approved: (county: string, school: string, figures: Figures, schoolYear = 2013) =>
      returns(county, school, schoolYear, submitted(school, schoolYear, figures), {
        ...{ type: 'ReturnApproved', school, schoolYear },
      }),

    corrected: (county: string, school: string, figures: Figures, schoolYear = 2013) =>
      returns(county, school, schoolYear, {
        ...{ type: 'ReturnCorrected', school, schoolYear, figures, reason: '台账有误', supersedes: 2 },
      }),

    conflict: (county: string, school: string, field: string, ...values: readonly string[]) =>
      returns(county, school, 2013, {
        ...{ type: 'FigureConflictRecorded', school, schoolYear: 2013, field },
        values: values.map((value, index) => ({ value, source: `来源 ${index + 1}` })),
      }),
  };

  return {
    ...written,
    owner,
    queries,
    catalogue,
    catchUp,

    publish: (region: string, content: Standard) =>
      commands.execute(
        new OnStandard(
          { region, standard: content.id, commandId: commandId() },
          { type: 'PublishStandard', standard: content.id, region, content },
          caller(region),
        ),
      ),

    adopt: (county: string, standard: string, wish: AdoptionWish) =>
      commands.execute(new OnAdoption({ county, standard, commandId: commandId() }, wish, caller(county))),

    shortfall: (county: string, school: string, item: string, amount: string | null) =>
      commands.execute(
        new OnShortfall(
          { county, commandId: commandId() },
          {
            ...{ type: 'RecordShortfalls', school, schoolYear: 2013 },
            items: [{ item, unit: 'm2', amount, source: '实地核查' }],
          },
          caller(county),
        ),
      ),

    condition: (county: string, condition: string, value: string | boolean | null) =>
      commands.execute(
        new OnCountyCondition(
          { county, commandId: commandId() },
          { type: 'RecordCountyCondition', schoolYear: 2013, condition, value, source: '问卷' },
          caller(county),
        ),
      ),

    async board(county: string, { schoolYear = 2013, basis = 'current', who = caller(county) } = {}) {
      await catchUp();
      return queries.execute(new CountyBoard({ county, schoolYear, basis }, who.scope));
    },

    async schools(county: string, { school = null as string | null, basis = 'current', who = caller(county) } = {}) {
      await catchUp();
      const args = { county, schoolYear: 2013, standard: 'books-42', basis, school, first: 50, onlyLacking: false };
      return (await queries.execute(new SchoolAssessments(args, who.scope))).nodes;
    },

    /** Fills a new generation with batches of another size, and makes it live. */
    async rebuild(batchEvents: number): Promise<void> {
      const other = await Projector.of(projecting, catalogue, { batchEvents });
      await other.rebuild();
      await other.catchUp();
    },

    rebuildTenant: (tenant: string) => projector.rebuildTenant(tenant),

    /** Every row of the live generation as its text, table by table. */
    async rows(): Promise<Readonly<Record<string, readonly string[]>>> {
      const { rows: live } = await owner.query<{ generation: number }>(
        `SELECT generation FROM view.generation WHERE status = 'live' ORDER BY generation DESC LIMIT 1`,
      );
      const found: Record<string, readonly string[]> = {};
      for (const { name } of projector.model.tables) {
        const { rows } = await owner.query<{ row: string }>(
          `SELECT t::text AS row FROM read_${live[0]?.generation ?? 0}."${name}" t ORDER BY 1`,
        );
        found[name] = rows.map(({ row }) => row);
      }
      return found;
    },

    async close(): Promise<void> {
      await nest.close();
      await transaction.close();
      await Promise.all([app.end(), projecting.end(), owner.end()]);
      await database.stop();
    },
  };
}

export type OpenEvaluation = Awaited<ReturnType<typeof openEvaluation>>;
