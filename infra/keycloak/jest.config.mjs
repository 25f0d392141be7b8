import everything from '../../jest.config.mjs';

/** What needs a real Keycloak; see check.mjs. */
export default { ...everything, rootDir: '../..', testRegex: '\\.keycloak-spec\\.ts$' };
