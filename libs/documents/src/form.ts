/** A figure as it is stored: decimal text, a list of them, a flag, or null for "known to be unknown". */
export type Figure = string | readonly string[] | boolean | null;
export type Figures = Readonly<Record<string, Figure>>;

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** The part of a reporting form (报表) that a table needs. Structural, so that no reporting context is imported here. */
export interface TableForm {
  readonly id: string;
  readonly version: number;
  readonly title: Words;
  readonly sections: readonly TableSection[];
}

export interface TableSection {
  readonly id: string;
  readonly title: Words;
  readonly fields: readonly TableField[];
}

export type FieldKind = 'whole' | 'decimal' | 'list' | 'flag' | 'text' | 'year';

export interface TableField {
  readonly id: string;
  readonly label: Words;
  readonly unit: string;
  readonly kind: FieldKind;
  /** Most decimals that a figure (or a list's entry) may have. */
  readonly decimals: number;
  readonly stages?: readonly string[];
  readonly schoolTypes?: readonly string[];
}

/** One row of a template: the school and what it has reported so far. */
export interface SchoolRow {
  /** The 10-digit code. */
  readonly school: string;
  readonly name: string;
  readonly schoolType?: string;
  readonly stages?: readonly string[];
  readonly figures?: Figures;
}
