import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { graphqlOptions } from './graphql-options.js';
import { Readiness } from './health.js';
import { HttpErrors } from './http-errors.filter.js';
import { HttpGuard, POLICY } from './http-guard.js';
import { Metrics } from './metrics.js';
import { OperationController } from './operation.controller.js';
import type { ServiceOptions } from './service-options.js';
import { TenantTransaction } from './tenant-transaction.js';

/** Everything that is not a feature: GraphQL behind its guard, errors, health, metrics, the way to the read models. */
@Module({})
export class ServiceModule implements OnApplicationShutdown {
  constructor(@Inject(TenantTransaction) private readonly tenantTransaction: TenantTransaction) {}

  static forRoot(options: ServiceOptions): DynamicModule {
    const { policy, tenantTransaction, verifier, log, metrics, checks = [] } = options;
    const readiness = new Readiness([
      { name: 'database', check: async () => tenantTransaction.ping().then(() => 'ok') },
      { name: 'identity', check: async () => ((await verifier.ready()) ? 'ok' : 'down') },
      ...checks,
    ]);
    return {
      module: ServiceModule,
      global: true,
      imports: [GraphQLModule.forRoot(graphqlOptions(options))],
      controllers: [OperationController],
      providers: [
        { provide: TenantTransaction, useValue: tenantTransaction },
        { provide: Readiness, useValue: readiness },
        { provide: Metrics, useValue: metrics },
        { provide: POLICY, useValue: policy },
        { provide: APP_GUARD, useClass: HttpGuard },
        { provide: APP_FILTER, useValue: new HttpErrors(log) },
      ],
      exports: [TenantTransaction, Readiness, Metrics],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tenantTransaction.close();
  }
}
