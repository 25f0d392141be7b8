export { createHttpServer } from './http-server.js';
export { ServiceModule } from './service.module.js';
export type { ServiceOptions } from './service-options.js';
