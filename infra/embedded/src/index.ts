export { type Database, type DatabaseOptions, startDatabase } from './database.js';
export { startTestDatabase, type TestDatabase } from './test-database.js';
