export type * from './annual-return-events.js';
export type * from './campaign-events.js';
export type * from './figures.js';
export type * from './form.js';
