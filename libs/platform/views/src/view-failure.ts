/** Why a tenant's reader stops. Codes are shown to operators; the text never quotes an event. */
export type ViewFailureCode =
  'CORRUPT_GAP' | 'FOLD_FAILED' | 'WRITE_FAILED' | 'DERIVATION_FAILED' | 'KEY_OUTSIDE_TENANT';

export class ViewFailure extends Error {
  override readonly name = 'ViewFailure';
  readonly position: number | undefined;

  constructor(
    readonly code: ViewFailureCode,
    message: string,
    { position, cause }: { position?: number; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.position = position;
  }
}

// Classes of SQLSTATE that blame the moment or the deployment, not the event.
const NOT_THE_EVENT = /^(08|25|3D|3F|40|42|53|55|57|58|XX)/;

/** Whether trying the same events again would fail again. */
export function isPoison(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (error instanceof ViewFailure) return cause === undefined || isPoison(cause);
  return !(typeof code === 'string' && NOT_THE_EVENT.test(code));
}
