export { type Account, type ResolveSchool } from './account.js';
export { type Database, type DatabaseOptions, startDatabase } from './database.js';
export { type IdentityProvider, type IdentityProviderOptions, startIdentityProvider } from './identity-provider.js';
export { freePort } from './free-port.js';
export { startTestDatabase, type TestDatabase } from './test-database.js';
