import { RuleViolation } from '@junheng/kernel';
import type { Figure, FormField } from '@junheng/reporting-contract';
import { refusePersonalData } from './free-text.js';

const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;
const MOST_DIGITS = 12;
const MOST_ENTRIES = 500;
const MOST_CHARACTERS = 500;

/** A figure as a caller sends it. Numbers come as text: a JSON number may already have been rounded on its way. */
export type RawFigure = unknown;

/** The figure in its one canonical form. Refuses what is wrong and says where (`section.field`), what and how to mend it. */
export function parseFigure(section: string, field: FormField, raw: RawFigure, schoolYear: number): Figure {
  if (raw === null) return null;
  const where = `${section}.${field.id}`;
  switch (field.kind) {
    case 'whole':
    case 'decimal':
      return parseNumber(where, field, raw);
    case 'list':
      return parseList(where, field, raw);
    case 'year':
      return parseYear(where, field, raw, schoolYear);
    case 'flag':
      if (typeof raw === 'boolean') return raw;
      throw refusal('FIGURE_NOT_A_FLAG', where, field, raw, 'is neither true nor false', 'Send true or false.');
    case 'text':
      return parseText(where, field, raw);
  }
}

function parseNumber(where: string, field: FormField, raw: RawFigure): string {
  const match = typeof raw === 'string' ? NUMBER.exec(raw) : null;
  if (!match) {
    const how = 'Send decimal text such as "1610.32", without separators, units or an exponent.';
    throw refusal('FIGURE_NOT_A_NUMBER', where, field, raw, 'is not a number', how);
  }
  const [, sign, whole = '', digits = ''] = match;
  const fraction = digits.replace(/0+$/, '');
  const value = fraction === '' ? whole : `${whole}.${fraction}`;
  if (value === '0') return value;
  if (sign) throw refusal('FIGURE_NEGATIVE', where, field, raw, 'is below zero', 'Send zero or more.');
  if (whole.length > MOST_DIGITS) {
    throw refusal('FIGURE_TOO_LARGE', where, field, raw, 'is larger than can be', `Check the unit: ${field.unit}.`);
  }
  if (fraction.length > field.decimals) {
    const how = field.decimals === 0 ? 'Send a whole number.' : `Send at most ${field.decimals} decimals.`;
    throw refusal('FIGURE_TOO_PRECISE', where, field, raw, 'has too many decimals', how);
  }
  return value;
}

function parseList(where: string, field: FormField, raw: RawFigure): readonly string[] {
  if (!Array.isArray(raw)) {
    throw refusal('FIGURE_NOT_A_LIST', where, field, raw, 'is not a list', 'Send a list of decimal texts.');
  }
  if (raw.length > MOST_ENTRIES) {
    throw refusal('FIGURE_LIST_TOO_LONG', where, field, raw.length, 'entries are too many', `At most ${MOST_ENTRIES}.`);
  }
  return raw.map((entry: unknown, index) => parseNumber(`${where}[${index}]`, field, entry));
}

function parseYear(where: string, field: FormField, raw: RawFigure, schoolYear: number): string {
  if (typeof raw === 'string' && /^\d{4}$/.test(raw) && raw >= '1840' && Number(raw) <= schoolYear + 1) return raw;
  const how = `Send a year from 1840 to ${schoolYear + 1}, such as "1987".`;
  throw refusal('FIGURE_NOT_A_YEAR', where, field, raw, 'is not a year that can be', how);
}

function parseText(where: string, field: FormField, raw: RawFigure): string {
  if (typeof raw !== 'string' || raw.trim() === '' || raw.length > MOST_CHARACTERS) {
    const how = `Send 1 to ${MOST_CHARACTERS} characters.`;
    throw refusal('FIGURE_NOT_A_TEXT', where, field, typeof raw, 'is not a text', how);
  }
  const text = raw.trim();
  refusePersonalData(where, text);
  if (field.format && !hasFormat(text, field.format)) {
    const how =
      field.format === 'address'
        ? 'An address begins with a Chinese character and has at least six characters.'
        : 'Send an address that begins with http:// or https://.';
    throw refusal('FIGURE_WRONG_FORMAT', where, field, text, 'does not look right', how);
  }
  return text;
}

function hasFormat(text: string, format: 'address' | 'website'): boolean {
  switch (format) {
    case 'address':
      return [...text].length >= 6 && /^\p{Script=Han}/u.test(text);
    case 'website':
      return /^https?:\/\/\S+$/.test(text);
  }
}

export function sameFigure(a: Figure | undefined, b: Figure | undefined): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((entry, index) => entry === b[index]);
}

function refusal(code: string, where: string, field: FormField, raw: RawFigure, what: string, remedy: string) {
  const shown = (JSON.stringify(raw) as string | undefined)?.slice(0, 60) ?? 'undefined';
  return new RuleViolation(code, `${field.label.en} (${where}): ${shown} ${what}. ${remedy}`, { where, remedy });
}
