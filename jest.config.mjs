/** One configuration for every test; a file's suffix says what it needs (see README). */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@junheng/source', 'node', 'node-addons'] },
  // For a busy machine: nothing here waits for a fixed time.
  testTimeout: 60_000,
  globalSetup: '<rootDir>/test/e2e/before-all.mjs',
  globalTeardown: '<rootDir>/test/e2e/after-all.mjs',
  testRegex: '\\.(spec|int-spec|e2e-spec)\\.(ts|mjs)$',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: false, ...(await swcOptions()) }] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/tmp/'],
  modulePathIgnorePatterns: ['<rootDir>/(apps|libs|infra)/.*/dist/', '<rootDir>/tmp/'],
};

async function swcOptions() {
  const { readFile } = await import('node:fs/promises');
  const {
    exclude: _,
    $schema: __,
    ...options
  } = JSON.parse(await readFile(new URL('.swcrc', import.meta.url), 'utf8'));
  return { ...options, module: { type: 'es6' }, sourceMaps: 'inline' };
}
