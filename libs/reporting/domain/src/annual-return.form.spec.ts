import { describe, expect, it } from '@jest/globals';
import type { Stage } from '@junheng/register-contract';
import type { Form } from '@junheng/reporting-contract';
import { annualReturnForm } from './annual-return.form.js';
import { askedFields, formIndex } from './form-index.js';
import { formFaults } from './form-faults.js';

const ids = (stages: readonly Stage[]) =>
  askedFields(annualReturnForm, { stages, schoolType: 'primary' }).map(({ field }) => field.id);

describe('The form of the annual return', () => {
  it('has no fault', () => expect(formFaults(annualReturnForm)).toEqual([]));

  it('is plain JSON, so that a campaign can carry it', () =>
    expect(JSON.parse(JSON.stringify(annualReturnForm))).toEqual(annualReturnForm));

  it('asks each stage for its own fields', () => {
    expect(ids(['primary'])).toEqual(expect.arrayContaining(['p_enrol', 'p_g6', 'p_over45', 'teach_area', 'books']));
    expect(ids(['primary'])).not.toContain('j_enrol');
    expect(ids(['junior'])).toEqual(expect.arrayContaining(['j_enrol', 'j_g9', 'j_over50', 'j_entrants']));
    expect(ids(['junior'])).not.toContain('p_enrol');
    expect(ids(['junior', 'senior'])).toContain('s_enrol');
  });

  it('has every fact that the indicators of 2012 and 2017 need', () =>
    expect(ids(['primary', 'junior'])).toEqual(
      expect.arrayContaining([
        ...['p', 'j'].flatMap((stage) =>
          ['enrol', 'ft_teachers', 't_phd', 't_master', 't_bachelor', 't_college', 't_backbone', 't_title_senior']
            .concat(['t_title_mid', 't_pe', 't_music', 't_art', 't_arts', 'class_sizes'])
            .map((id) => `${stage}_${id}`),
        ),
        ...['teach_area', 'indoor_sports', 'sports_ground', 'off_campus_sports', 'equip_value', 'computers'],
        ...['teach_computers', 'books', 'multimedia', 'land', 'green', 'floor_total', 'music_rooms', 'art_rooms'],
      ]),
    ));

  it('holds figures in the statistics’ own units', () => {
    const { fields } = formIndex(annualReturnForm);
    expect(fields.get('equip_value')?.field.unit).toBe('万元');
    expect(fields.get('teach_area')?.field.unit).toBe('平方米');
    expect(fields.get('beds')?.field.unit).toBe('张');
  });

  it('demands of a senior stage its enrolment only', () => {
    const required = askedFields(annualReturnForm, { stages: ['senior'], schoolType: 'senior' })
      .filter(({ field }) => field.required && field.id.startsWith('s_'))
      .map(({ field }) => field.id);
    expect(required).toEqual(['s_enrol']);
  });
});

describe('A form of one’s own', () => {
  const broken = (part: Partial<Form>): readonly string[] => formFaults({ ...annualReturnForm, ...part });

  it('must not name a field that it does not have', () =>
    expect(
      broken({
        checks: [
          {
            id: 'x',
            level: 'warn',
            rule: { zh: '', en: '' },
            left: { field: 'bokks' },
            operator: '=',
            right: { constant: '1' },
            missing: 'never-skip',
          },
        ],
      }),
    ).toEqual(['The field bokks, named by check x, is not in it.']));

  it('must not repeat itself', () => {
    const [section] = annualReturnForm.sections;
    expect(section && broken({ sections: [...annualReturnForm.sections, section] })).toEqual(
      expect.arrayContaining(['The section pupils stands in it twice.', 'The field p_enrol stands in it twice.']),
    );
    expect(broken({ checks: [...annualReturnForm.checks, ...annualReturnForm.checks.slice(0, 1)] })).toEqual([
      'Two checks are called p_grades_sum.',
    ]);
  });

  it('must ask something', () =>
    expect(broken({ sections: [], checks: [], outliers: [], countyChecks: [] })).toEqual(['It has no field.']));
});
