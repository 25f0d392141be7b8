import { headerText } from './header.js';
import { RuleViolation } from '@junheng/kernel';
import type { TableField, TableForm } from './form.js';
import type { Table, TableError } from './table.js';

const SCHOOL = ['school', '学校(机构)标识码', '学校标识码', '机构标识码', '标识码', '学校代码', 'School code'];
/** Columns that help the reader and are not figures. */
const ASIDE = ['school_name', 'name', '学校名称', '学校', 'School', '备注', '序号'];

export interface Columns {
  readonly school: string;
  readonly fields: ReadonlyMap<string, TableField>;
  readonly errors: readonly TableError[];
}

/** Which header is which field: by field id, by label in either language, with or without its unit. */
export function columnsOf(form: TableForm, table: Table): Columns {
  const meanings = meaningsOf(form);
  const school = table.headers.find((header) => SCHOOL.map(headerText).includes(header));
  if (school === undefined) {
    throw new RuleViolation('COLUMN_SCHOOL_MISSING', `Sheet ${table.sheet} has no column with the schools' codes.`, {
      zh: `工作表“${table.sheet}”缺少“学校(机构)标识码”列。`,
      where: table.sheet,
      remedy: 'Use the template, or name the column 学校(机构)标识码.',
    });
  }
  const fields = new Map<string, TableField>();
  const errors: TableError[] = [];
  const refuse = (header: string, code: string, en: string, zh: string) => {
    const { sheet, columns } = table;
    const column = columns[header] ?? '';
    const place = { sheet, column };
    errors.push({
      ...place,
      code,
      message: `Column ${column} "${header}" ${en}.`,
      zh: `${column} 列“${header}”${zh}。`,
    });
  };
  for (const header of table.headers) {
    if (header === school || ASIDE.includes(header)) continue;
    const [field, other] = meanings.get(header.toLowerCase()) ?? [];
    if (!field) refuse(header, 'COLUMN_UNKNOWN', 'is no field of this form', '不是本表的填报项');
    else if (other)
      refuse(
        header,
        'COLUMN_AMBIGUOUS',
        `may be ${field.id} or ${other.id}: use the field id`,
        '对应多个填报项,请使用字段代码',
      );
    else if ([...fields.values()].includes(field)) refuse(header, 'COLUMN_DUPLICATE', 'is there twice', '重复出现');
    else fields.set(header, field);
  }
  return { school, fields, errors };
}

function meaningsOf(form: TableForm): Map<string, TableField[]> {
  const meanings = new Map<string, TableField[]>();
  for (const field of form.sections.flatMap(({ fields }) => fields)) {
    const labels = [field.label.zh, field.label.en].flatMap((label) => [
      label,
      `${label}(${field.unit})`,
      `${label} (${field.unit})`,
    ]);
    for (const name of new Set([field.id, ...labels].map((label) => headerText(label).toLowerCase()))) {
      meanings.set(name, [...(meanings.get(name) ?? []), field]);
    }
  }
  for (const field of form.sections.flatMap(({ fields }) => fields)) meanings.set(field.id.toLowerCase(), [field]);
  return meanings;
}
