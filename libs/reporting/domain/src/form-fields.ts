import type { Stage } from '@junheng/register-contract';
import type { FormField, WarningBand, Words } from '@junheng/reporting-contract';

type Options = Partial<Pick<FormField, 'required' | 'stages' | 'schoolTypes' | 'format' | 'warn'>>;

export const words = (zh: string, en: string): Words => ({ zh, en });

const field =
  (kind: FormField['kind'], unit: string, decimals: number) =>
  (id: string, zh: string, en: string, options: Options = {}): FormField => ({
    id,
    label: words(zh, en),
    unit,
    kind,
    decimals,
    required: false,
    ...options,
  });

export const persons = field('whole', '人', 0);
export const classes = field('whole', '班', 0);
export const rooms = field('whole', '间', 0);
export const counted = field('whole', '个', 0);
export const squareMetres = field('decimal', '平方米', 2);
export const metres = field('decimal', '米', 2);
/** 万元, as the statistics forms have it; six decimals reach the cent. */
export const tenThousandYuan = field('decimal', '万元', 6);
export const whole = (unit: string) => field('whole', unit, 0);
export const wholeList = (unit: string) => field('list', unit, 0);
export const areaList = field('list', '平方米', 2);
export const flag = field('flag', '', 0);
export const text = field('text', '', 0);
export const year = field('year', '年', 0);

export const required = { required: true } as const;

/** 学段 as the form sees them: the prefix of their fields, their grades and their largest regular class. */
export interface FormStage {
  readonly stage: Stage;
  readonly prefix: 'p' | 'j' | 's';
  readonly zh: string;
  readonly en: string;
  readonly grades: readonly number[];
  readonly regularClass: 45 | 50;
}

export const formStages: readonly FormStage[] = [
  { stage: 'primary', prefix: 'p', zh: '小学', en: 'primary', grades: [1, 2, 3, 4, 5, 6], regularClass: 45 },
  { stage: 'junior', prefix: 'j', zh: '初中', en: 'junior', grades: [7, 8, 9], regularClass: 50 },
  { stage: 'senior', prefix: 's', zh: '高中', en: 'senior', grades: [], regularClass: 50 },
];

export const enrolments = formStages.map(({ prefix }) => `${prefix}_enrol`);

/** A band per pupil of the whole school. */
export const perPupil = (below: string, above: string): { warn: WarningBand } => ({
  warn: { below, above, per: enrolments },
});

export const perHundredPupils = (below: string, above: string): { warn: WarningBand } => ({
  warn: { below, above, per: enrolments, times: '100' },
});

export const between = (below: string, above: string): { warn: WarningBand } => ({ warn: { below, above } });

/** The same fields once for each stage: prefixed, labelled and asked of schools with that stage. */
export function forEachStage(fields: (stage: FormStage) => readonly FormField[]): readonly FormField[] {
  return formStages.flatMap((stage) =>
    fields(stage).map((each) => ({
      ...each,
      id: `${stage.prefix}_${each.id}`,
      label: words(`${stage.zh}${each.label.zh}`, `${each.label.en} (${stage.en})`),
      stages: [stage.stage],
      required: each.required && stage.stage !== 'senior',
    })),
  );
}
