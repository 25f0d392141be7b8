import { decimals, decimalText, movePoint } from './decimal-text.js';
import type { Figure, TableField } from './form.js';
import type { Cell } from './table.js';

/** Why a cell gives no figure. */
export interface Unreadable {
  readonly code: string;
  readonly en: string;
  readonly zh: string;
}

export type ReadFigure = { readonly figure: Figure } | Unreadable;

const UNKNOWN = /^(\?|不详|未知|unknown)$/i;
const NONE = /^(无|none)$/i;
const YES = /^(是|有|√|y|yes|true)$/i;
const NO = /^(否|无|×|n|no|false)$/i;

/** The figure that a cell states for a field. An empty cell states nothing and never comes here. */
export function figureOf(field: TableField, cell: Cell): ReadFigure {
  const text = cell.text.normalize('NFKC').trim();
  if (UNKNOWN.test(text)) return { figure: null };
  const fault = faultOf(cell);
  if (fault) return fault;
  switch (field.kind) {
    case 'text':
      return { figure: cell.text };
    case 'flag':
      return flagOf(text);
    case 'list':
      return listOf(field, text);
    case 'whole':
    case 'decimal':
    case 'year':
      return numberOf(field, text);
  }
}

/** The text that {@link figureOf} reads back as the same figure. */
export function figureText(figure: Figure): string {
  if (figure === null) return '?';
  if (typeof figure === 'boolean') return figure ? '是' : '否';
  if (typeof figure === 'string') return figure;
  return figure.length === 0 ? '无' : figure.join('; ');
}

function faultOf({ text, notes }: Cell): Unreadable | undefined {
  if (notes.includes('formula-without-result')) {
    return {
      code: 'CELL_FORMULA_EMPTY',
      en: 'holds a formula whose result was not saved',
      zh: '公式没有保存结果,请重新计算后保存',
    };
  }
  if (notes.includes('error')) return { code: 'CELL_ERROR', en: `shows the error ${text}`, zh: `显示错误 ${text}` };
  if (notes.includes('merged')) {
    return {
      code: 'CELL_MERGED',
      en: 'is merged with another cell, so the figure would count twice',
      zh: '与其他单元格合并,数字会被重复计算',
    };
  }
  if (notes.includes('date'))
    return { code: 'CELL_IS_A_DATE', en: `is the date ${text}, not a figure`, zh: `是日期 ${text},不是数字` };
  return undefined;
}

function flagOf(text: string): ReadFigure {
  if (YES.test(text)) return { figure: true };
  if (NO.test(text)) return { figure: false };
  return { code: 'CELL_NOT_YES_OR_NO', en: `says "${text}"; write 是 or 否`, zh: `填写为“${text}”,请填“是”或“否”` };
}

function listOf(field: TableField, text: string): ReadFigure {
  if (NONE.test(text)) return { figure: [] };
  const entries: string[] = [];
  for (const part of text.split(/[;,、/\s]+/).filter((entry) => entry !== '')) {
    const read = numberOf(field, part);
    if ('code' in read) return read;
    entries.push(read.figure as string);
  }
  return { figure: entries };
}

function numberOf(field: TableField, text: string): ReadFigure {
  const percent = text.endsWith('%');
  const decimal = decimalText(percent ? text.slice(0, -1) : text);
  if (decimal === undefined)
    return { code: 'CELL_NOT_A_NUMBER', en: `says "${text}", which is no number`, zh: `填写为“${text}”,不是数字` };
  if (percent && field.unit !== '%') {
    const share = decimalText(movePoint(decimal, -2)) ?? decimal;
    return {
      code: 'CELL_IS_A_PERCENTAGE',
      en: `is a percentage; write ${share} or the figure in ${field.unit}`,
      zh: `是百分数,请按单位“${field.unit}”填写`,
    };
  }
  const most = field.kind === 'list' || field.kind === 'decimal' ? field.decimals : 0;
  if (decimals(decimal) > most) {
    return most === 0
      ? {
          code: 'CELL_NOT_WHOLE',
          en: `is ${decimal}; only whole numbers count here`,
          zh: `为 ${decimal},此处只能填整数`,
        }
      : {
          code: 'CELL_TOO_PRECISE',
          en: `is ${decimal}; at most ${most} decimals`,
          zh: `为 ${decimal},最多保留 ${most} 位小数`,
        };
  }
  return { figure: decimal };
}
