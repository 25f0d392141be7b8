const CANONICAL = /^(0|[1-9]\d*)(\.\d*[1-9])?$/;

/** Canonical decimal text: no sign, no leading or trailing zeros, no exponent. */
export function isDecimalFigure(text: string): boolean {
  return CANONICAL.test(text);
}
