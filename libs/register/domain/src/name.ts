import { RuleViolation } from '@junheng/kernel';

const LONGEST = 100;

/** Names are kept as given, so that what a register prints is what a certificate says. */
export function demandName(noun: string, name: string, where = 'name'): void {
  if (name !== '' && name === name.trim() && [...name].length <= LONGEST) return;
  throw new RuleViolation(`${noun}_NAME_INVALID`, `"${name}" cannot be a name.`, {
    where,
    remedy: `Give 1 to ${LONGEST} characters without blanks around them.`,
  });
}
