import { schoolTypes, settings, sponsors } from '@junheng/register-contract';
import { z } from 'zod';

/** A standard (督导评估标准) is data: no line, limit, weight or rule of it is a constant in code. Decimals are text. */

const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'must be decimal text such as "0.65"');
const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by dashes');
const day = z.iso.date();
const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }).readonly();
const byStage = <T extends z.ZodType>(schema: T) => z.strictObject({ primary: schema, junior: schema }).readonly();

/** sourced: read in a source; recalled: from memory, to be checked; inferred: a reading; unsettled: sources differ. */
export const certainty = z.enum(['sourced', 'recalled', 'inferred', 'unsettled']);

/** One summand of a numerator. */
const term = z
  .strictObject({
    field: z.string().min(1),
    /** stage: reported for the stage; shared: the school's, split by weighted pupils. */
    of: z.enum(['stage', 'shared']),
    subtract: z.boolean().optional(),
    /** An allowance: counted only when the return sets this flag. */
    flag: z.string().min(1).optional(),
    /** Counted for such units only. */
    when: z
      .strictObject({ settings: z.array(z.enum(settings)).readonly(), leastPupils: decimal, belowPupils: decimal })
      .readonly()
      .optional(),
  })
  .readonly();

const indicator = z
  .strictObject({
    id,
    code: z.string().min(1),
    name: words,
    unit: z.string().min(1),
    /** The unit of what is lacking, and whether it comes in whole pieces. */
    gap: z.strictObject({ unit: z.string().min(1), whole: z.boolean() }).readonly(),
    numerator: byStage(z.array(term).min(1).readonly()),
    /** From the field's unit to the indicator's: 10 000 for 万元 into yuan. */
    multiplier: decimal,
    /** Per so many pupils. */
    per: decimal,
    /** The line that every school must reach; `null` when the standard only compares schools. */
    line: byStage(decimal).nullable(),
    /** Where the value of a school that has not reported is taken to lie. */
    plausible: byStage(z.strictObject({ low: decimal, high: decimal }).readonly()).nullable(),
    certainty,
  })
  .readonly();

const inclusion = z
  .strictObject({
    schoolTypes: z.array(z.enum(schoolTypes)).readonly(),
    sponsors: z.array(z.enum(sponsors)).readonly(),
    /** Units with fewer pupils are left out. */
    leastPupils: z.partialRecord(z.enum(schoolTypes), decimal).readonly(),
    certainty,
  })
  .readonly();

const balance = z
  .strictObject({
    /** each: every coefficient is within the limit; composite: their mean is. */
    rule: z.enum(['each', 'composite']),
    indicators: z.array(id).min(1).readonly(),
    limits: byStage(decimal),
    inclusion,
    /** Enrolment of a school about which not even last year's is known. */
    plausiblePupils: z.strictObject({ low: decimal, high: decimal }).readonly(),
    /** A coefficient this near its limit, or on its other side once printed so, is flagged. */
    borderline: z.strictObject({ within: decimal, printedDecimals: z.int().min(0).max(6) }).readonly(),
  })
  .readonly();

const itemGroup = z
  .strictObject({
    id,
    name: words,
    /** A flag of the return for each item; names stay `null` where no source gives them. */
    items: z
      .array(z.strictObject({ field: z.string().min(1), name: words.nullable() }).readonly())
      .min(1)
      .readonly(),
    /** At least so many, or at least this part of all. */
    least: decimal.nullable(),
    leastShare: decimal.nullable(),
  })
  .readonly();

const schoolRule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('lines'),
    indicators: z.array(id).min(1).readonly(),
    least: z.int().min(1),
    floor: decimal,
  }),
  z.strictObject({ kind: z.literal('items'), groups: z.array(itemGroup).min(1).readonly() }),
  z.strictObject({ kind: z.literal('norms') }),
]);

const normFields = {
  id,
  name: words,
  /** Other words for the same item in lists of recorded shortfalls. */
  aliases: z.array(z.string().min(1)).readonly(),
  unit: z.string().min(1),
  whole: z.boolean(),
  certainty,
};

/** What a school must have, and so what it lacks. */
const norm = z.discriminatedUnion('kind', [
  z.strictObject({
    ...normFields,
    kind: z.literal('per-pupil'),
    field: z.string(),
    of: z.enum(['stage', 'shared']),
    amount: byStage(decimal),
  }),
  /** So much of `field` for each of `forField`, school by school: beds for boarders, green area of the land. */
  z.strictObject({
    ...normFields,
    kind: z.literal('ratio'),
    field: z.string(),
    forField: z.string(),
    forOf: z.enum(['stage', 'shared']),
    amount: decimal,
  }),
  /** Counts the classes above the limit, from the list of classes and never from a mean. */
  z.strictObject({ ...normFields, kind: z.literal('class-size'), field: z.string(), limit: byStage(decimal) }),
  z.strictObject({
    ...normFields,
    kind: z.literal('school-size'),
    limit: z.partialRecord(z.enum(schoolTypes), decimal).readonly(),
  }),
  /** One room for each started `classes` classes, each of at least `leastArea` m². */
  z.strictObject({
    ...normFields,
    kind: z.literal('rooms-for-classes'),
    field: z.string(),
    classesField: z.string(),
    classes: decimal,
    leastArea: decimal,
  }),
]);

/** What a county must show besides the figures of its schools. */
const condition = z
  .strictObject({
    id,
    group: z.string().min(1),
    name: words,
    certainty,
    /** balance, schools and norm follow from the schools; figure and evidence are recorded by the county. */
    check: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('balance') }),
      z.strictObject({ kind: z.literal('schools') }),
      z.strictObject({ kind: z.literal('norms'), norms: z.array(id).min(1).readonly() }),
      z.strictObject({
        kind: z.literal('figure'),
        comparison: z.enum(['>=', '<=', '<', '>']),
        line: decimal,
        unit: z.string(),
        /** The most that can be: a share or a score above the whole is no figure. */
        most: decimal.nullable(),
      }),
      z.strictObject({ kind: z.literal('evidence') }),
    ]),
  })
  .readonly();

export const standardSchema = z
  .strictObject({
    format: z.literal(1),
    id,
    version: z.string().min(1),
    name: words,
    /** Code of the region that it is for; '' is the whole country. */
    region: z.string().regex(/^(\d{2}|\d{4}|\d{6})?$/, 'must be a region code, or empty for the whole country'),
    validFrom: day,
    validTo: day.nullable(),
    source: z
      .strictObject({
        document: z.string().min(1),
        issuedOn: day.nullable(),
        references: z.array(z.string()).readonly(),
        certainty,
      })
      .readonly(),
    /** Weights by which stages share a school's resources. */
    split: z.strictObject({ primary: decimal, junior: decimal, senior: decimal, certainty }).readonly(),
    indicators: z.array(indicator).readonly(),
    balance: balance.nullable(),
    schools: z.strictObject({ inclusion, rule: schoolRule }).readonly().nullable(),
    norms: z.array(norm).readonly(),
    conditions: z.array(condition).readonly(),
  })
  .readonly();

export type Standard = z.infer<typeof standardSchema>;
export type Certainty = z.infer<typeof certainty>;
export type Indicator = z.infer<typeof indicator>;
export type Term = z.infer<typeof term>;
export type Inclusion = z.infer<typeof inclusion>;
export type Balance = z.infer<typeof balance>;
export type SchoolRule = z.infer<typeof schoolRule>;
export type ItemGroup = z.infer<typeof itemGroup>;
export type Norm = z.infer<typeof norm>;
export type Condition = z.infer<typeof condition>;
export type EvaluatedStage = 'primary' | 'junior';
export const evaluatedStages: readonly EvaluatedStage[] = ['primary', 'junior'];
