import { startTestDatabase } from '@junheng/embedded';
import { EventStore, migrate, type Who } from '@junheng/event-store';
import type { RegionCode, RegionKind, SchoolCode, SchoolEvent } from '@junheng/register-contract';
import type { NewSchool, RegionCommand, RegisterSchool, SchoolCommand } from '@junheng/register-domain';
import { TenantTransaction } from '@junheng/service';
import { LiveGeneration, migrateViews, Projector, ViewCatalogue } from '@junheng/views';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { OnRegion, RegionHandler } from './region.handler.js';
import { registerViews } from './register.views.js';
import { OnSchool, SchoolHandler } from './school.handler.js';
import { schoolMove } from './school-move.process.js';

export const caller = (region: RegionCode, school?: SchoolCode): Who => ({
  actor: 'b0c1',
  role: 'county-admin',
  scope: { region, ...(school && { school }) },
  correlationId: 'c-1',
});

export const primary = (school: SchoolCode, name: string, other: Partial<NewSchool> = {}): NewSchool => ({
  school,
  name,
  schoolType: 'primary',
  sponsor: 'county',
  setting: 'town',
  cluster: null,
  ...other,
});

/** The register on a PostgreSQL of its own, driven as the bus drives it. */
export async function openRegister() {
  const database = await startTestDatabase();
  const pool = (role: string) => new pg.Pool({ connectionString: database.url(role), max: 6 });
  const [app, projecting] = [pool('junheng_app'), pool('junheng_projector')];
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await migrate(owner);
  await migrateViews(owner);
  await owner.end();

  const catalogue = new ViewCatalogue(registerViews);
  const projector = await Projector.of(projecting, catalogue);
  const transaction = new TenantTransaction(
    { url: database.url('junheng_app'), entities: catalogue.entities },
    new LiveGeneration(app, projector.model),
  );
  const store = new EventStore(app);
  const regions = new RegionHandler(store);
  const schools = new SchoolHandler(store);

  return {
    store,
    transaction,
    catchUp: () => projector.catchUp(),

    region: (code: RegionCode, kind: RegionKind, parent: RegionCode | null) =>
      regions.execute(
        new OnRegion(
          { region: code, commandId: randomUUID() },
          { type: 'RegisterRegion', code, name: `${kind} ${code}`, kind, parent, validFrom: '1949-10-01' },
          caller(code),
        ),
      ),

    register: (county: RegionCode, school: NewSchool, openedOn = '1998-09-01') =>
      schools.execute(
        new OnSchool(
          { county, school: school.school, commandId: randomUUID() },
          { ...school, type: 'RegisterSchool', county, openedOn } satisfies RegisterSchool,
          caller(county),
        ),
      ),

    tellRegion: (code: RegionCode, command: RegionCommand) =>
      regions.execute(new OnRegion({ region: code, commandId: randomUUID() }, command, caller(code))),

    tell: (county: RegionCode, school: SchoolCode, command: SchoolCommand, commandId: string = randomUUID()) =>
      schools.execute(new OnSchool({ county, school, commandId }, command, caller(county))),

    /** Runs the process over a county's whole ledger, as a runner without a checkpoint would. */
    async moveOn(county: RegionCode): Promise<void> {
      for (const event of await store.events(county, { from: 1, limit: 1000 })) {
        if (event.type !== ('SchoolMovedOut' satisfies SchoolEvent['type'])) continue;
        const commands = schoolMove.on.SchoolMovedOut?.(event as never) ?? [];
        for (const command of commands) await schools.execute(command);
      }
    },

    async close(): Promise<void> {
      await transaction.close();
      await Promise.all([app.end(), projecting.end()]);
      await database.stop();
    },
  };
}

export type OpenRegister = Awaited<ReturnType<typeof openRegister>>;
