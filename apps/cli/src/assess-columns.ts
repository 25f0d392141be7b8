import { annualReturnForm } from '@junheng/reporting-domain';
import type { Standard } from '@junheng/standards';

/** What a column of a county's table says. */
export type Column =
  | { readonly says: 'school' | 'name' | 'stage' | 'schoolType' | 'sponsor' | 'setting' | 'aside' }
  | { readonly says: 'figure'; readonly field: string; readonly kind: 'number' | 'list' | 'flag' }
  /** Another source's number for a field: shown as a conflict where it differs. */
  | { readonly says: 'rival'; readonly field: string }
  /** Found on the spot; `reached` columns only say whether the norm is reached. */
  | { readonly says: 'shortfall'; readonly item: string; readonly unit: string; readonly reached: boolean };

const FACTS: Readonly<Record<string, Extract<Column, { readonly says: string }>>> = {
  ...words('school', ['school', '学校(机构)标识码', '学校标识码', '标识码', '学校代码']),
  ...words('name', ['name', 'school_name', '学校', '学校名称']),
  ...words('stage', ['stage', '学段']),
  ...words('schoolType', ['school_type', '办学类型']),
  ...words('sponsor', ['sponsor', '举办者']),
  ...words('setting', ['setting', '城乡类型']),
  ...words('aside', ['备注', '序号', 'note', 'county', '县', 'province', '省']),
};

/** Plain words for the figures that small tables hold. */
const PLAIN: Readonly<Record<string, Column>> = {
  ...figure('enrol', ['pupils', '学生数', '在校生数', '在校学生数']),
  ...figure('p_enrol', ['primary_pupils', '小学学生数', '小学生数']),
  ...figure('j_enrol', ['junior_pupils', '初中学生数', '初中生数']),
  ...figure('s_enrol', ['senior_pupils', '高中学生数', '高中生数']),
  ...figure('land', ['campus_m2', 'land_m2', '校园总面积']),
  ...figure('teach_area', ['teaching_rooms_m2', '教学及辅助用房']),
  ...figure('books', ['图书册数', '藏书']),
  ...figure('ft_teachers', ['teachers', '专任教师']),
  pupils_in_speech: { says: 'rival', field: 'enrol' },
  oversize_classes: { says: 'shortfall', item: '超班额', unit: 'classes', reached: false },
  超班额: { says: 'shortfall', item: '超班额', unit: 'classes', reached: false },
  green_reaches_30pct: { says: 'shortfall', item: '绿化面积', unit: 'm2', reached: true },
};

/** Which column says what: facts, field ids and labels of the annual return, the standard's own fields, plain words. */
export function columnReader(standard: Standard): (header: string) => Column | undefined {
  const fields = new Map<string, Column>();
  for (const { id, label, unit, kind } of annualReturnForm.sections.flatMap((section) => section.fields)) {
    const column = { says: 'figure', field: id, kind: kindOf(kind) } as const;
    const shortId = id.replace(/^[pjs]_/, '');
    if (!fields.has(shortId)) fields.set(shortId, { ...column, field: shortId });
    for (const word of [id, label.zh, label.en, `${label.zh}(${unit})`, `${label.zh} (${unit})`])
      fields.set(word, column);
  }
  const rule = standard.schools?.rule;
  for (const { field } of rule?.kind === 'items' ? rule.groups.flatMap(({ items }) => items) : []) {
    fields.set(field, { says: 'figure', field, kind: 'flag' });
  }
  return (header) => PLAIN[header] ?? FACTS[header] ?? fields.get(header);
}

function kindOf(kind: string): 'number' | 'list' | 'flag' {
  if (kind === 'list' || kind === 'flag') return kind;
  return 'number';
}

function words<Says extends 'school' | 'name' | 'stage' | 'schoolType' | 'sponsor' | 'setting' | 'aside'>(
  says: Says,
  headers: readonly string[],
): Record<string, { says: Says }> {
  return Object.fromEntries(headers.map((header) => [header, { says }]));
}

function figure(field: string, headers: readonly string[]): Record<string, Column> {
  return Object.fromEntries(headers.map((header) => [header, { says: 'figure', field, kind: 'number' }]));
}
