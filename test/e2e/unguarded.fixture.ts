import 'reflect-metadata';
import { demoPlan } from '@junheng/demo';
import { startTestDatabase } from '@junheng/embedded';
import { EventStore, migrate } from '@junheng/event-store';
import { catalogue, features } from '@junheng/product';
import { migrateProcesses } from '@junheng/processes';
import { TenantTransaction } from '@junheng/service';
import { LiveGeneration, migrateViews, Projector } from '@junheng/views';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import pg from 'pg';
import { envelope } from '../../apps/cli/src/demo-envelope.js';

/** Every command and query handler without the guard in front of them, on a real PostgreSQL with two counties of the demo. */
export async function openUnguarded(counties: readonly string[]) {
  const database = await startTestDatabase();
  const pool = (role: string) => new pg.Pool({ connectionString: database.url(role), max: 6 });
  const [app, projecting] = [pool('junheng_app'), pool('junheng_projector')];
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  for (const step of [migrate, migrateViews, migrateProcesses]) await step(owner);

  const projector = await Projector.of(projecting, catalogue);
  const store = new EventStore(app);
  const transaction = new TenantTransaction(
    { url: database.url('junheng_app'), entities: catalogue.entities },
    new LiveGeneration(app, projector.model),
  );

  @Global()
  @Module({
    providers: [
      { provide: EventStore, useValue: store },
      { provide: TenantTransaction, useValue: transaction },
    ],
    exports: [EventStore, TenantTransaction],
  })
  class PlatformModule {}

  @Module({ imports: [PlatformModule, ...features] })
  class UnguardedModule {}

  const nest = await NestFactory.createApplicationContext(UnguardedModule, { logger: false });
  const commands = nest.get(CommandBus);
  await projector.catchUp();
  for (const step of demoPlan().filter(({ tenant }) => tenant.length < 6 || counties.includes(tenant))) {
    await commands.execute(envelope(step));
  }
  await projector.catchUp();

  return {
    commands,
    queries: nest.get(QueryBus),
    store,
    transaction,
    owner,
    catchUp: () => projector.catchUp(),
    async close(): Promise<void> {
      await nest.close();
      await transaction.close();
      await Promise.all([app.end(), projecting.end(), owner.end()]);
      await database.stop();
    },
  };
}
