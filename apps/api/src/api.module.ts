import { type DynamicModule, Module } from '@nestjs/common';
import { LedgerModule } from '@junheng/service';
import { ServiceModule, type ServiceOptions } from '@junheng/service/server';
import { features } from '@junheng/product';

@Module({})
class ApiModule {}

/** The API over HTTP: the service around every feature. */
export function apiModule(options: ServiceOptions): DynamicModule {
  return {
    module: ApiModule,
    imports: [
      LedgerModule.forRoot(options.config.DATABASE_URL, options.metrics.store),
      ServiceModule.forRoot(options),
      ...features,
    ],
  };
}
