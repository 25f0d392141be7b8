/**
 * One figure of a return. Numbers are canonical decimal text ("1610.32"), lists are arrays of such text.
 * `null` says "explicitly unknown"; a field that is absent has not been entered. Zero is "0" and neither of them.
 */
export type Figure = string | readonly string[] | boolean | null;

/** Figures by field id. */
export type Figures = Readonly<Record<string, Figure>>;

/** A text in the two languages of the product. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}
