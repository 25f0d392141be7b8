export { decimalText } from './decimal-text.js';
export type { FieldKind, Figure, Figures, SchoolRow, TableField, TableForm, TableSection, Words } from './form.js';
export { asWritten, withoutFormula } from './formula-text.js';
export { readTable, type TableSource } from './read-table.js';
export { readReturns, type ReturnRow, type Returns } from './returns.js';
export {
  type Cell,
  type CellNote,
  type Place,
  type Row,
  type Table,
  TABLE_LIMITS,
  type TableError,
  type TableLimits,
} from './table.js';
export { writeTemplate, writeTemplateCsv } from './template.js';
