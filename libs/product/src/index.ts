export { type CommandSide, openCommandSide } from './command-side.js';
export { catalogue, features, processes } from './product.js';
