import type { Log } from './log.js';

export interface ShutdownStep {
  readonly name: string;
  readonly end: () => unknown;
}

/**
 * Ends what `steps` name, in order, on SIGTERM or SIGINT, and then the process.
 * A step that fails does not keep the next from its turn; past the time-out, or on a second signal, it just ends.
 */
export function shutdownOnSignal(steps: readonly ShutdownStep[], timeoutMs: number, log: Log): () => Promise<void> {
  let ending: Promise<void> | undefined;
  const end = () => (ending ??= endAll(steps, log));
  const onSignal = (signal: NodeJS.Signals): void => {
    if (ending) process.exit(1);
    log.info({ signal }, 'ending');
    setTimeout(() => {
      log.error('ending takes too long, leaving');
      process.exit(1);
    }, timeoutMs).unref();
    void end().then(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return async () => {
    process.off('SIGTERM', onSignal);
    process.off('SIGINT', onSignal);
    await end();
  };
}

async function endAll(steps: readonly ShutdownStep[], log: Log): Promise<void> {
  for (const { name, end } of steps) {
    try {
      await end();
    } catch (error) {
      log.error({ err: error, step: name }, 'a step of the shutdown failed');
    }
  }
}
