import type { SchoolRow, TableForm } from './form.js';

/** An xlsx file with one row a school: sections, labels, units and field ids above, checks on the cells, a sheet of notes. */
export async function writeTemplate(form: TableForm, schools: readonly SchoolRow[]): Promise<Buffer> {
  throw new Error(`${form.id} ${schools.length}`);
}

/** The same rows as CSV in UTF-8 with a byte order mark, as Excel needs it. */
export function writeTemplateCsv(form: TableForm, schools: readonly SchoolRow[]): Buffer {
  throw new Error(`${form.id} ${schools.length}`);
}
