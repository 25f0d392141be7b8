/** A figure as it is stored: decimal text, a list of them, a flag, or null for "known to be unknown". */
export type Figure = string | readonly string[] | boolean | null;
export type Figures = Readonly<Record<string, Figure>>;

export type FieldKind = 'integer' | 'decimal' | 'integer-list' | 'decimal-list' | 'boolean' | 'text';

/** The part of a reporting form that a table needs; the form of `@junheng/reporting-domain` is assignable to it. */
export interface TableForm {
  readonly id: string;
  readonly sections: readonly TableSection[];
}

export interface TableSection {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly fields: readonly TableField[];
}

export interface TableField {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly unit: string;
  readonly kind: FieldKind;
}

/** One row of a template: the school and what it has reported so far. */
export interface SchoolRow {
  /** The 10-digit code. */
  readonly school: string;
  readonly name: string;
  readonly figures?: Figures;
}
