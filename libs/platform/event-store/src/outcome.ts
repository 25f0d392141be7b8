import { RuleViolation } from '@junheng/kernel';
import type { AppendResult } from './append.js';
import type { Receipt } from './ledger.js';

/** Someone was faster. Reload, look again, and send a new command. */
export class Conflict extends RuleViolation {
  constructor() {
    super('VERSION_CONFLICT', 'The record has changed since it was read.', { remedy: 'Reload it and decide again.' });
  }
}

/** The receipts of a command, one for each of its streams; throws when the ledger did not take it. */
export function settle(result: AppendResult, ids: readonly string[]): readonly Receipt[] {
  if (result.refusal) {
    const { code, message, details } = result.refusal;
    throw new RuleViolation(code, message, details);
  }
  switch (result.outcome) {
    case 'appended':
    case 'duplicate':
      return ids.map((id, index) => ({ id, version: result.versions[index] ?? 0, position: result.position }));
    case 'conflict':
      throw new Conflict();
    case 'tenant-unknown':
      throw new RuleViolation('TENANT_UNKNOWN', 'This region has no ledger.');
    case 'scope-exceeded':
      throw scopeExceeded();
    case 'id-reused':
      throw new RuleViolation('COMMAND_ID_REUSED', 'This command id stands for another command already.');
    case 'refused':
    case 'claim-taken':
      throw new Error(`The ledger gave no reason for "${result.outcome}".`);
  }
}

export function scopeExceeded(): RuleViolation {
  return new RuleViolation('SCOPE_EXCEEDED', 'This lies outside of what you may act on.');
}
