export { migrateProcesses } from './migrate-processes.js';
export { type AnyProcess, commandIdFrom, type Process, processWho } from './process.js';
export { type Alarm, type Dispatch, ProcessRunner } from './process-runner.js';
