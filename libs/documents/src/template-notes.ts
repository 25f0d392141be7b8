import type { Worksheet } from 'exceljs';
import type { FieldKind, TableForm } from './form.js';

const KINDS: Readonly<Record<FieldKind, string>> = {
  whole: '整数',
  decimal: '数字',
  list: '多个数字,用分号隔开,如 45; 50; 48',
  flag: '是 或 否',
  text: '文字',
  year: '年份,如 2010',
};

/** The sheet that tells the office how to fill in the other one. */
export function writeNotes(sheet: Worksheet, form: TableForm): void {
  const rules = [
    [form.title.zh],
    ['一、每所学校一行,不要改动学校(机构)标识码和隐藏的第 4 行。'],
    ['二、没有填的格子表示“尚未填报”,不是 0;确实为零的填 0。'],
    ['三、确实不详的填“?”,并在系统中说明原因。'],
    ['四、多个数字用分号隔开;一项都没有的填“无”。'],
    ['五、数字按标明的单位填写(如“万元”),不要用百分数、日期或合并单元格。'],
    ['六、灰色格子本校不填。'],
    [],
    ['部分', '填报项', '单位', '填法', '小数位', '代码'],
  ];
  sheet.addRows(rules);
  for (const { title, fields } of form.sections) {
    for (const { id, label, unit, kind, decimals } of fields) {
      sheet.addRow([title.zh, label.zh, unit, KINDS[kind], decimals, id]);
    }
  }
  sheet.getRow(1).font = { bold: true, size: 14 };
  sheet.getRow(rules.length).font = { bold: true };
  sheet.columns.forEach((column, index) => (column.width = [18, 36, 10, 40, 10, 20][index] ?? 10));
}
