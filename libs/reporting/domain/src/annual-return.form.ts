import type { Form } from '@junheng/reporting-contract';
import { figureChecks } from './annual-return.checks.js';
import { countyChecks, officialChecks, outlierChecks, yearOnYearChecks } from './annual-return.official-checks.js';
import { functionRooms, premises } from './annual-return.premises.js';
import { classSizes, pupils } from './annual-return.pupils.js';
import { funding, profile, resources } from './annual-return.resources.js';
import { teachers } from './annual-return.teachers.js';
import { words } from './form-fields.js';

/** 年报: what every school with compulsory stages reports as of 1 September. */
export const annualReturnForm: Form = {
  id: 'annual-return',
  version: 1,
  title: words('义务教育学校年报', 'Annual return of a compulsory school'),
  sections: [pupils, classSizes, teachers, premises, functionRooms, resources, funding, profile],
  checks: [...figureChecks, ...yearOnYearChecks, ...officialChecks],
  outliers: outlierChecks,
  countyChecks,
};
