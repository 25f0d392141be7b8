import type { SchoolFacts } from '@junheng/register-contract';
import type { Figure, Figures, Form, FormField } from '@junheng/reporting-contract';

/** Where a field stands in its form. */
export interface PlacedField {
  readonly section: string;
  readonly field: FormField;
}

export interface FormIndex {
  readonly sections: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, PlacedField>;
  readonly asked: Map<string, readonly PlacedField[]>;
}

const indexes = new WeakMap<Form, FormIndex>();

/** The form by field id; kept as long as the form itself, since every saved section asks for it. */
export function formIndex(form: Form): FormIndex {
  let index = indexes.get(form);
  if (!index) {
    const placed = form.sections.flatMap(({ id, fields }) =>
      fields.map((field): [string, PlacedField] => [field.id, { section: id, field }]),
    );
    index = { sections: new Set(form.sections.map(({ id }) => id)), fields: new Map(placed), asked: new Map() };
    indexes.set(form, index);
  }
  return index;
}

/** What a form asks depends on a school's stages and type only. */
export type Asked = Pick<SchoolFacts, 'stages' | 'schoolType'>;

export function isAsked(field: FormField, school: Asked): boolean {
  return (
    (!field.stages || field.stages.some((stage) => school.stages.includes(stage))) &&
    (!field.schoolTypes || field.schoolTypes.includes(school.schoolType))
  );
}

export function askedFields(form: Form, school: Asked): readonly PlacedField[] {
  const { fields, asked } = formIndex(form);
  const kind = `${school.schoolType} ${school.stages.join(' ')}`;
  const known = asked.get(kind);
  if (known) return known;
  const found = [...fields.values()].filter(({ field }) => isAsked(field, school));
  asked.set(kind, found);
  return found;
}

/** The figures by section, as they are saved; what the form does not know stands under the section ''. */
export function bySection(form: Form, figures: Figures): readonly (readonly [section: string, figures: Figures])[] {
  const { fields } = formIndex(form);
  const sections = new Map<string, Record<string, Figure>>();
  for (const [id, figure] of Object.entries(figures)) {
    const section = fields.get(id)?.section ?? '';
    sections.set(section, { ...sections.get(section), [id]: figure });
  }
  return [...sections];
}
