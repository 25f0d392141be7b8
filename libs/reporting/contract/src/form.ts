import type { SchoolType, Stage } from '@junheng/register-contract';
import type { Figures, Words } from './figures.js';

/** What a school is asked (报表). A form is data: it travels inside the campaign, so that a county replays without it. */
export interface Form {
  readonly id: string;
  readonly version: number;
  readonly title: Words;
  readonly sections: readonly FormSection[];
  readonly checks: readonly Check[];
  /** Compared between the schools of a county, when returns are read: they change with every school's return. */
  readonly outliers?: readonly OutlierCheck[];
  /** Made on the county's sums; a figure that one school lacks makes its sum unknown. */
  readonly countyChecks?: readonly Check[];
}

export interface FormSection {
  readonly id: string;
  readonly title: Words;
  readonly fields: readonly FormField[];
}

export type FieldKind = 'whole' | 'decimal' | 'list' | 'flag' | 'text' | 'year';

export interface FormField {
  /** Unique in the form, with the stage's prefix (`p_`, `j_`, `s_`) where the field is reported by stage. */
  readonly id: string;
  readonly label: Words;
  readonly unit: string;
  readonly kind: FieldKind;
  /** Most decimals that a figure (or a list's entry) may have. */
  readonly decimals: number;
  /** Asked of schools with one of these stages; of every school when absent. */
  readonly stages?: readonly Stage[];
  /** Asked of schools of these types only. */
  readonly schoolTypes?: readonly SchoolType[];
  /** Must be entered, or be explicitly unknown with an explanation, before a return is submitted. */
  readonly required: boolean;
  /** What a text must look like: 地址 begins with a Chinese character and has at least six characters. */
  readonly format?: 'address' | 'website';
  readonly warn?: WarningBand;
}

/** Outside of the band the reporter is asked to look again; never refused. */
export interface WarningBand {
  readonly below?: string;
  readonly above?: string;
  /** The figure is divided by the sum of these fields first: pupils, or the land for a green area. */
  readonly per?: readonly string[];
  /** For "per hundred pupils" and "per cent": multiplies the quotient. */
  readonly times?: string;
}

/** refuse: not submitted; explain: submitted with an explanation; warn: shown. */
export type CheckLevel = 'refuse' | 'explain' | 'warn';

/**
 * What happens to a check when a figure it needs is missing or unknown: left out as soon as one is missing; left out
 * only when one side has none of its figures (the missing ones then add nothing); or made in any case.
 */
export type MissingValues = 'skip-if-any-missing' | 'skip-if-all-missing' | 'never-skip';

export type Operator = '=' | '<=' | '>=' | '<' | '>' | 'within';

/** What a check computes with. A flag that is set is one, and so is a text that is `present`. */
export type Expression =
  | { readonly field: string }
  | { readonly previous: string }
  | { readonly present: string }
  | { readonly constant: string }
  | { readonly sum: readonly Expression[] }
  | { readonly product: readonly Expression[] }
  | { readonly list: string; readonly take: 'sum' | 'count' | 'max' }
  | { readonly list: string; readonly countFrom: string; readonly countTo?: string };

export interface Check {
  readonly id: string;
  readonly level: CheckLevel;
  readonly rule: Words;
  readonly stages?: readonly Stage[];
  readonly left: Expression;
  readonly operator: Operator;
  readonly right: Expression;
  /** Absolute tolerance of a comparison; with `within` the share of the right side, such as "0.15" for ±15 %. */
  readonly tolerance?: string;
  readonly missing: MissingValues;
  /** The check runs only while this flag has this value, or this expression is above zero. */
  readonly when?: { readonly flag: string; readonly is: boolean } | { readonly positive: Expression };
}

/** A check that did not hold, with the figures it looked at. */
export interface Finding {
  readonly check: string;
  readonly level: CheckLevel;
  readonly fields: readonly string[];
  readonly rule: Words;
  readonly figures: Figures;
  /** Figures of the previous school year that were compared with. */
  readonly previous?: Figures;
}

export interface FormInForce {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of the canonical JSON of `content`, in lower-case hex. */
  readonly hash: string;
  readonly content: Form;
}

/** A school far from its peers of the same type: warned about, as it may well be true. */
export interface OutlierCheck {
  readonly id: string;
  readonly rule: Words;
  readonly field: string;
  /** The figure is divided by the sum of these fields first. */
  readonly per?: readonly string[];
  readonly leastSchools: number;
  /** Farther from the median than so many median absolute deviations (MAD) … */
  readonly deviations: string;
  /** … and outside of the quartiles by so many interquartile ranges (IQR). */
  readonly ranges: string;
}
