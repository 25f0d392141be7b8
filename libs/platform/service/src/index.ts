export { Caller, type RequestContext } from './caller.js';
export { Decimal } from './decimal.scalar.js';
export { type Identity, type IdentityVerifier, type Role, ROLES } from './identity.js';
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
export type { Policy, PolicyRow } from './policy.js';
export { AtLeast, Receipt } from './receipt.js';
export { type Freshness, type ReadDatabase, type ReadModels, TenantTransaction } from './tenant-transaction.js';
