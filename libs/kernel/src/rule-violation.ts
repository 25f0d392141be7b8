/** Where a refusal happened and what would lift it. Plain JSON without personal data: it is logged and stored. */
export interface RefusalDetails {
  /** The field, row or item that is wrong, such as `staffing.ft_teachers`. */
  readonly where?: string;
  /** What holds the lock: a deadline, an approval, a sealed snapshot. */
  readonly lockedBy?: string;
  /** What the caller can do about it. */
  readonly remedy?: string;
  readonly [key: string]: unknown;
}

/** A command that must not have been sent. `code` (`NOUN_REASON`) is public API and never changes its meaning. */
export class RuleViolation extends Error {
  override readonly name = 'RuleViolation';

  constructor(
    readonly code: string,
    message: string,
    readonly details: RefusalDetails = {},
  ) {
    super(message);
  }
}
