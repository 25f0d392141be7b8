import { RuleViolation } from '@junheng/kernel';

/** A file that cannot be read at all. The Chinese text is for the office that sent it. */
export function fileTooLarge(what: { readonly en: string; readonly zh: string }): RuleViolation {
  return new RuleViolation('FILE_TOO_LARGE', `The file is too large: ${what.en}.`, {
    zh: `文件过大:${what.zh}。`,
    remedy: 'Split the file, or remove what is not part of the table.',
  });
}

export function fileNotATable(why: { readonly en: string; readonly zh: string }): RuleViolation {
  return new RuleViolation('FILE_NOT_A_TABLE', `The file cannot be read as a table: ${why.en}.`, {
    zh: `无法作为表格读取:${why.zh}。`,
    remedy: 'Save the table as .xlsx or .csv and send it again.',
  });
}
