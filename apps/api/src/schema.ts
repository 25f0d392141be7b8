import {
  createLog,
  KeycloakVerifier,
  Metrics,
  readConfig,
  serviceConfigSchema,
  TenantTransaction,
} from '@junheng/service';
import { createHttpServer } from '@junheng/service/server';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { catalogue } from '@junheng/product';
import { apiModule } from './api.module.js';
import { policy } from './policy.js';

/** Prints the schema, for review and for clients. Nothing is connected to: every connection opens on first use. */
const nowhere = { DATABASE_URL: 'postgres://nobody@localhost/none', OIDC_ISSUER: 'http://localhost/realms/none' };
const config = readConfig(serviceConfigSchema, nowhere);
const options = {
  config,
  policy,
  verifier: new KeycloakVerifier({ issuer: config.OIDC_ISSUER, audience: config.OIDC_AUDIENCE }),
  tenantTransaction: new TenantTransaction(
    { url: config.DATABASE_URL, entities: catalogue.entities },
    { schema: () => Promise.resolve(undefined) },
  ),
  log: createLog('schema', 'warn'),
  metrics: new Metrics(),
};
const server = await createHttpServer(apiModule(options), options);
await server.init();
process.stdout.write(`${printSchema(lexicographicSortSchema(server.get(GraphQLSchemaHost).schema))}\n`);
await server.close();
