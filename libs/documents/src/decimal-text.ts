/** No figure is longer, and a pattern that runs over a whole book takes minutes. */
const LONGEST = 60;
const PLAIN = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/;
const THOUSANDS = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;

/**
 * The canonical text of a number that a person typed ("1,844.70" is "1844.7"), or undefined when it is none.
 * Full-width digits count as digits, as a Chinese keyboard types them.
 */
export function decimalText(typed: string): string | undefined {
  const text = typed.normalize('NFKC').trim().replace(/^\+/, '');
  if (text.length > LONGEST) return undefined;
  const match = PLAIN.exec(THOUSANDS.test(text) ? text.replaceAll(',', '') : text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = fraction === '' ? whole : `${whole}.${fraction}`;
  return digits === '0' ? '0' : sign + digits;
}

/**
 * The decimal that Excel shows for a stored float. Excel keeps 15 significant digits, so 0.30000000000000004 is what
 * it writes for 0.3; more digits than that are never the user's.
 */
export function decimalOfFloat(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const [mantissa = '', exponent = '0'] = value.toPrecision(15).split('e');
  return decimalText(movePoint(mantissa, Number(exponent)));
}

/** The decimal multiplied by 10^places, by moving its point. */
export function movePoint(decimal: string, places: number): string {
  const negative = decimal.startsWith('-');
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const point = whole.length + places;
  const digits = (whole + fraction).padEnd(point, '0');
  const padded = point > 0 ? digits : digits.padStart(digits.length + 1 - point, '0');
  const split = Math.max(point, 1);
  const moved = padded.length > split ? `${padded.slice(0, split)}.${padded.slice(split)}` : padded;
  return (negative ? '-' : '') + moved;
}

export function decimals(decimal: string): number {
  return decimal.split('.')[1]?.length ?? 0;
}

/** Excel cannot hold more digits in a number; such a figure travels as text. */
export function fitsExcelNumber(decimal: string): boolean {
  return decimal.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15;
}
