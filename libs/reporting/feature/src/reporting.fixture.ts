import 'reflect-metadata';
import { startTestDatabase } from '@junheng/embedded';
import { EventStore, migrate, type RecordedEvent, type Who } from '@junheng/event-store';
import type { Decider } from '@junheng/kernel';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { RegionEvent, RegionKind, SchoolEvent, SchoolFacts } from '@junheng/register-contract';
import { TenantTransaction } from '@junheng/service';
import { LiveGeneration, migrateViews, Projector, ViewCatalogue } from '@junheng/views';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { OnAnnualReturn, type ReturnWish } from './annual-return.handler.js';
import { ProgressFeed } from './campaign-progress.feed.js';
import { type CampaignWish, OnCampaign } from './campaign.handler.js';
import { ReportingModule } from './reporting.module.js';
import { reportingViews } from './reporting.views.js';
import { spreadCampaign } from './spread-campaign.process.js';

export const caller = (region: string, school?: string, actor = 'a-1'): Who => ({
  actor,
  role: school ? 'school-reporter' : 'county-admin',
  scope: { region, ...(school !== undefined && { school }) },
  correlationId: 'c-1',
});

type Told = SchoolEvent | RegionEvent;
interface Tell {
  readonly type: 'Tell';
  readonly event: Told;
}

/** Writes what the register would have written; its rules are not under test here. */
const told: Decider<null, Tell, Told> = { initial: null, decide: ({ event }) => [event], evolve: (state) => state };

/** Reporting on a PostgreSQL of its own, wired as in the API. */
export async function openReporting() {
  const database = await startTestDatabase();
  const pool = (role: string) => new pg.Pool({ connectionString: database.url(role), max: 6 });
  const [app, projecting] = [pool('junheng_app'), pool('junheng_projector')];
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await migrate(owner);
  await migrateViews(owner);
  await owner.end();

  const catalogue = new ViewCatalogue(reportingViews);
  const projector = await Projector.of(projecting, catalogue);
  const readModels = new LiveGeneration(app, projector.model);
  const transaction = new TenantTransaction(
    { url: database.url('junheng_app'), entities: catalogue.entities },
    readModels,
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

  @Module({ imports: [PlatformModule, ReportingModule] })
  class SpecModule {}

  const nest = await NestFactory.createApplicationContext(SpecModule, { logger: false });
  const commands = nest.get(CommandBus);

  const tell = (tenant: string, category: 'school' | 'region', id: string, event: Told) =>
    store.handle(told, {
      ...{ tenant, category, id, command: { type: 'Tell', event }, who: caller(tenant), commandId: randomUUID() },
    });

  return {
    store,
    transaction,
    commands,
    queries: nest.get(QueryBus),
    progress: nest.get(ProgressFeed),
    catchUp: () => projector.catchUp(),
    rebuild: (tenant: string) => projector.rebuildTenant(tenant),

    async region(code: string, kind: RegionKind): Promise<void> {
      await store.openTenants([code]);
      const [name, parent, validFrom] = [`${kind} ${code}`, code.slice(0, -2) || null, '1949-10-01'];
      await tell(code, 'region', code, { type: 'RegionRegistered', code, name, kind, parent, validFrom });
    },

    school: (county: string, facts: SchoolFacts) =>
      tell(county, 'school', facts.school, { type: 'SchoolRegistered', ...facts }),

    campaign: (region: string, wish: CampaignWish, schoolYear = 2013) =>
      commands.execute(new OnCampaign({ region, schoolYear, commandId: randomUUID() }, wish, caller(region))),

    send: (
      [county, school, schoolYear]: readonly [string, string, number],
      wish: ReturnWish,
      who: Who = caller(county),
      commandId: string = randomUUID(),
    ) => commands.execute(new OnAnnualReturn({ county, school, schoolYear, commandId }, wish, who)),

    /** Runs the process over a ledger, as a runner without a checkpoint would. */
    async process(tenant: string): Promise<void> {
      const reactions = spreadCampaign.on as Record<string, (event: RecordedEvent) => readonly never[]>;
      for (const event of await store.events(tenant, { from: 1, limit: 1000 })) {
        for (const command of reactions[event.type]?.(event) ?? []) await commands.execute(command);
      }
    },

    async close(): Promise<void> {
      await nest.close();
      await transaction.close();
      await Promise.all([app.end(), projecting.end()]);
      await database.stop();
    },
  };
}

export type OpenReporting = Awaited<ReturnType<typeof openReporting>>;
