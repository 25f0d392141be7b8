import { Rational } from '@junheng/kernel';

/** Chinese characters take two columns of a terminal. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
const NUMBER = /^-?\d[\d.]*\*?$/;

/** A table in which columns of numbers are set flush right. */
export function aligned(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ''))));
  const isNumeric = heads.map((_, column) => rows.some((row) => NUMBER.test(row[column] ?? '')));
  return lines
    .map((line) =>
      line
        .map((cell, column) => padded(cell, widths[column] ?? 0, isNumeric[column] ?? false))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** For the eye only: at most so many decimals. */
export function rounded(decimal: string, digits: number): string {
  return Rational.of(decimal).toDecimal(digits);
}

function padded(cell: string, to: number, right: boolean): string {
  const blank = ' '.repeat(Math.max(0, to - width(cell)));
  return right ? blank + cell : cell + blank;
}

function width(text: string): number {
  return [...text].reduce((total, character) => total + (WIDE.test(character) ? 2 : 1), 0);
}
