import { createLog, KeycloakVerifier, Metrics, shutdownOnSignal, TenantTransaction } from '@junheng/service';
import { createHttpServer } from '@junheng/service/server';
import { LiveGeneration, readModelOf } from '@junheng/views';
import pg from 'pg';
import { apiConfig } from './api.config.js';
import { apiModule } from './api.module.js';
import { catalogue } from '@junheng/product';
import { policy } from './policy.js';

const config = apiConfig();
const log = createLog('api', config.LOG_LEVEL);
const registry = new pg.Pool({ connectionString: config.DATABASE_URL, max: 1, application_name: 'junheng-generation' });
const metrics = new Metrics();
const tenantTransaction = new TenantTransaction(
  {
    url: config.DATABASE_URL,
    entities: catalogue.entities,
    poolSize: config.READ_POOL_SIZE,
    statementTimeoutMs: config.STATEMENT_TIMEOUT_MS,
  },
  new LiveGeneration(registry, await readModelOf(catalogue)),
);
const options = {
  config,
  policy,
  verifier: new KeycloakVerifier({
    issuer: config.OIDC_ISSUER,
    audience: config.OIDC_AUDIENCE,
    ...(config.OIDC_KEYS_URL !== undefined && { keysUrl: config.OIDC_KEYS_URL }),
  }),
  tenantTransaction,
  log,
  metrics,
};
const server = await createHttpServer(apiModule(options), options);
shutdownOnSignal(
  [
    { name: 'http', end: () => server.close() },
    { name: 'registry', end: () => registry.end() },
  ],
  config.SHUTDOWN_TIMEOUT_MS,
  log,
);
await server.listen(config.PORT, config.HOST);
log.info({ port: config.PORT }, 'listening');
