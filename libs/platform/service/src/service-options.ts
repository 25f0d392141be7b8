import type { HealthCheck } from './health.js';
import type { IdentityVerifier } from './identity.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import type { Policy } from './policy.js';
import type { ServiceConfig } from './service.config.js';
import type { TenantTransaction } from './tenant-transaction.js';

export interface ServiceOptions {
  readonly config: ServiceConfig;
  readonly policy: Policy;
  readonly verifier: IdentityVerifier;
  readonly tenantTransaction: TenantTransaction;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Beside the read database and the identity provider's keys. */
  readonly checks?: readonly HealthCheck[];
}
