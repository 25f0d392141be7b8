import { LedgerModule, TenantTransaction } from '@junheng/service';
import { LiveGeneration, readModelOf } from '@junheng/views';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import pg from 'pg';
import { catalogue, features } from './product.js';

export interface CommandSide {
  readonly commands: CommandBus;
  close(): Promise<void>;
}

@Module({})
class CommandSideModule implements OnApplicationShutdown {
  constructor(@Inject(TenantTransaction) private readonly transaction: TenantTransaction) {}

  async onApplicationShutdown(): Promise<void> {
    await this.transaction.close();
  }
}

/** Every command handler without an HTTP server: what processes, imports and the demo send their commands through. */
export async function openCommandSide(appUrl: string): Promise<CommandSide> {
  const registry = new pg.Pool({ connectionString: appUrl, max: 1, application_name: 'junheng-generation' });
  const transaction = new TenantTransaction(
    { url: appUrl, entities: catalogue.entities, poolSize: 4 },
    new LiveGeneration(registry, await readModelOf(catalogue)),
  );
  const application = await NestFactory.createApplicationContext(
    {
      module: CommandSideModule,
      global: true,
      imports: [LedgerModule.forRoot(appUrl), ...features],
      providers: [{ provide: TenantTransaction, useValue: transaction }],
      exports: [TenantTransaction],
    },
    { logger: ['error', 'warn'], abortOnError: false },
  );
  return {
    commands: application.get(CommandBus),
    async close() {
      await application.close();
      await registry.end();
    },
  };
}
