import { EventStore, type StoreObserver } from '@junheng/event-store';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';

const POOL = Symbol('ledger pool');

/** The event store for every feature, on connections of the role that may only append. */
@Module({})
export class LedgerModule implements OnApplicationShutdown {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  static forRoot(url: string, observer: StoreObserver = {}): DynamicModule {
    const pool = new pg.Pool({ connectionString: url, max: 8, application_name: 'junheng-ledger' });
    // An idle connection that the server closes is replaced by the next query; without a listener it would end the process.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return {
      module: LedgerModule,
      global: true,
      providers: [
        { provide: POOL, useValue: pool },
        { provide: EventStore, useValue: new EventStore(pool, { observer }) },
      ],
      exports: [EventStore],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
