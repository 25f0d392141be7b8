/** A whole service on a real port, with a resolver of each kind; the specs start it in a process of its own. */
import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { Args, Field, ID, Int, Mutation, ObjectType, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { Who } from '@junheng/event-store';
import { RuleViolation } from '@junheng/kernel';
import { Caller } from './caller.js';
import { Decimal } from './decimal.scalar.js';
import { createHttpServer } from './http-server.js';
import { KeycloakVerifier } from './keycloak-verifier.js';
import { createLog } from './log.js';
import { Metrics } from './metrics.js';
import { Receipt } from './receipt.js';
import { readConfig, serviceConfigSchema } from './service.config.js';
import { ServiceModule } from './service.module.js';
import { shutdownOnSignal } from './shutdown.js';
import { TenantTransaction } from './tenant-transaction.js';

@ObjectType()
class County {
  @Field(() => ID) code!: string;
  @Field(() => Decimal) area!: string;
  @Field(() => County, { nullable: true }) parent?: County;
}

@Resolver()
class CountyResolver {
  @Query(() => County)
  county(@Args('county', { type: () => ID }) code: string): County {
    return { code, area: '1610.320' };
  }

  @Query(() => String)
  me(@Caller() who: Who): string {
    return JSON.stringify(who);
  }

  @Query(() => String)
  broken(): string {
    throw new Error('relation "county_indicator" does not exist');
  }

  @Query(() => String)
  unlisted(@Args('area', { type: () => Decimal }) area: string): string {
    return area;
  }

  @Query(() => String)
  async slow(): Promise<string> {
    process.stdout.write('slow begins\n');
    await pause(400);
    return 'done';
  }

  @Mutation(() => Receipt)
  refuse(@Args('school', { type: () => ID }) school: string): Receipt {
    throw new RuleViolation('RETURN_NOT_OPEN', 'The return is approved.', { where: school, lockedBy: 'approval' });
  }

  @Subscription(() => Int, { resolve: (value: number) => value })
  async *ticks(@Args('county', { type: () => ID }) _county: string): AsyncGenerator<number> {
    for (let tick = 1; ; tick += 1) {
      yield tick;
      await pause(20);
    }
  }
}

@Controller()
class FileController {
  @Get('files/:school')
  download(@Param('school') school: string, @Caller() who: Who): object {
    return { school, actor: who.actor };
  }

  @Get('open')
  forgotten(): string {
    return 'nobody wrote a row for me';
  }
}

const config = readConfig(serviceConfigSchema);
const readers = ['county-admin', 'province-supervisor', 'auditor'] as const;
const options = {
  config,
  log: createLog('api', config.LOG_LEVEL),
  metrics: new Metrics(),
  verifier: new KeycloakVerifier({ issuer: config.OIDC_ISSUER, audience: config.OIDC_AUDIENCE }),
  tenantTransaction: new TenantTransaction(
    { url: config.DATABASE_URL, entities: [] },
    { schema: async () => 'read_1' },
  ),
  policy: {
    'Query.county': { roles: readers },
    'Query.me': { roles: [...readers, 'school-reporter', 'operator'] },
    'Query.broken': { roles: readers },
    'Query.slow': { roles: readers },
    'Query.unlisted': { roles: [], public: true },
    'Mutation.refuse': { roles: ['county-admin', 'school-reporter'] },
    'Subscription.ticks': { roles: ['county-admin'] },
    'Http.download': { roles: ['school-reporter', 'auditor'] },
  },
} as const;

@Module({
  imports: [ServiceModule.forRoot(options)],
  controllers: [FileController],
  providers: [CountyResolver],
})
class FixtureModule {}

const app = await createHttpServer(FixtureModule, options);
shutdownOnSignal([{ name: 'http', end: () => app.close() }], config.SHUTDOWN_TIMEOUT_MS, options.log);
await app.listen(config.PORT, config.HOST);
process.stdout.write(`listening on ${await app.getUrl()}\n`);
