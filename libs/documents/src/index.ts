export type { FieldKind, Figure, Figures, SchoolRow, TableField, TableForm, TableSection } from './form.js';
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
export { readTable, type TableSource } from './read-table.js';
export { writeTemplate, writeTemplateCsv } from './template.js';
