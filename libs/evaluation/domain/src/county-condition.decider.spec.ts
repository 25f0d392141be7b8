import { describe, it } from '@jest/globals';
import { specification } from '@junheng/kernel/testing';
import {
  countyCondition,
  type CountyConditionRecorded,
  type RecordCountyCondition,
} from './county-condition.decider.js';

const given = specification(countyCondition);
const score = { schoolYear: 2013, condition: 'work-score', value: '88.5', source: '省级评估报告' } as const;
const record: RecordCountyCondition = { type: 'RecordCountyCondition', ...score, most: '100' };
const recorded: CountyConditionRecorded = { type: 'CountyConditionRecorded', ...score };

describe("A county's condition", () => {
  it('is recorded with its source', () => given().when(record).then(recorded));

  it('can be sent twice without harm', () => given(recorded).when(record).thenNothing());

  it('is recorded anew when the figure changes', () =>
    given(recorded)
      .when({ ...record, value: '91' })
      .then({ ...recorded, value: '91' }));

  it('can be withdrawn as unknown', () =>
    given(recorded)
      .when({ ...record, value: null })
      .then({ ...recorded, value: null }));

  it('says where it comes from', () =>
    given()
      .when({ ...record, source: '' })
      .thenRefused('CONDITION_SOURCE_MISSING'));

  it('is a figure, not a phrase', () =>
    given()
      .when({ ...record, value: '100%以上' })
      .thenRefused('CONDITION_VALUE_INVALID'));

  it('is no share of more than the whole', () =>
    given()
      .when({ ...record, condition: 'quality-2-disabled', value: '100.5', most: '100' })
      .thenRefused('CONDITION_VALUE_IMPOSSIBLE'));

  it('may be an amount above a hundred', () => {
    const amount = { ...score, condition: 'guarantee-07-special-funds', value: '6000' };
    given()
      .when({ type: 'RecordCountyCondition', ...amount })
      .then({ ...recorded, ...amount });
  });
});
