export { Caller, Correlation, type RequestContext } from './caller.js';
export { Decimal } from './decimal.scalar.js';
export { mapError, type MappedError } from './errors.js';
export { authorise, protectSchema } from './guard.js';
export { type Health, type HealthCheck, type HealthReport, Readiness } from './health.js';
export { jsonLiteral } from './json-literal.js';
export { type Identity, type IdentityVerifier, type Role, ROLES } from './identity.js';
export { KeycloakVerifier, type KeycloakOptions } from './keycloak-verifier.js';
export { LedgerModule } from './ledger.module.js';
export { createLog, type Log, nestLog, withCorrelation } from './log.js';
export { Metrics } from './metrics.js';
export {
  type CursorKey,
  decodeCursor,
  encodeCursor,
  page,
  type Page,
  PAGE_LIMIT,
  PageArgs,
  PageInfo,
  pageSize,
} from './page.js';
export { assertPolicyCovers, type Policy, type PolicyRow } from './policy.js';
export { AtLeast, Receipt } from './receipt.js';
export { readConfig, type ServiceConfig, serviceConfigSchema } from './service.config.js';
export { shutdownOnSignal, type ShutdownStep } from './shutdown.js';
export { type Freshness, type ReadDatabase, type ReadModels, TenantTransaction } from './tenant-transaction.js';
