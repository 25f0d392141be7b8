export type * from './events.js';
export * from './types.js';
