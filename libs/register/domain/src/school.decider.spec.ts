import { describe, it } from '@jest/globals';
import { specification } from '@junheng/kernel/testing';
import type { SchoolEvent } from '@junheng/register-contract';
import type { RegisterSchool } from './school-commands.js';
import { school as rules } from './school.decider.js';

const given = specification(rules);
const code = '2142000101';
const leigu = {
  school: code,
  name: '擂鼓镇小学',
  schoolType: 'primary',
  sponsor: 'county',
  setting: 'town',
  cluster: null,
} as const;
const register = (other: Partial<RegisterSchool> = {}): RegisterSchool => ({
  ...leigu,
  openedOn: '1998-09-01',
  county: '420323',
  ...other,
  type: 'RegisterSchool',
});
const registered: SchoolEvent = { ...leigu, type: 'SchoolRegistered', stages: ['primary'], openedOn: '1998-09-01' };
const facts = { ...leigu, stages: ['primary'], openedOn: '1998-09-01' } as const;
const closed: SchoolEvent = { type: 'SchoolClosed', school: code, effectiveOn: '2010-09-01', reason: '生源不足' };
const absorbed: SchoolEvent = { type: 'SchoolAbsorbed', school: code, into: '2142000102', effectiveOn: '2010-09-01' };
const movedOut: SchoolEvent = { ...facts, type: 'SchoolMovedOut', to: '420324', effectiveOn: '2010-09-01' };
const closing = { type: 'CloseSchool', reason: '生源不足' } as const;

describe('A school', () => {
  it('is registered with the stages of its type', () => given().when(register()).then(registered));

  it('can be registered twice without harm', () => given(registered).when(register()).thenNothing());

  it('is registered once under its code', () =>
    given(registered)
      .when(register({ name: '擂鼓中学' }))
      .thenRefused('SCHOOL_EXISTS', { where: 'school' }));

  it.each(['214200010', '21420001011', '2042000101', 'x142000101'])('has no code like %s', (school) =>
    given().when(register({ school })).thenRefused('SCHOOL_CODE_INVALID', { where: 'school' }),
  );

  it('has a code of the province that it lies in', () =>
    given()
      .when(register({ county: '500101' }))
      .thenRefused('SCHOOL_CODE_PROVINCE', { where: 'school' }));

  it('belongs to a county, not to a city', () =>
    given()
      .when(register({ county: '4203' }))
      .thenRefused('COUNTY_CODE_INVALID', { where: 'county' }));

  it.each([
    ['3142000101', 'primary'],
    ['3142000101', 'teaching-point'],
    ['2142000101', 'junior'],
    ['3242000101', 'junior'],
    ['3142000101', 'complete-middle'],
    ['3142000101', 'senior'],
    ['1142000101', 'nine-year'],
  ] as const)('with the code %s is no %s school', (school, schoolType) =>
    given().when(register({ school, schoolType })).thenRefused('SCHOOL_CATEGORY_UNFIT', { where: 'school' }),
  );

  it.each(['3142000101', '2142000101'])(
    'of nine years may have the code %s, as no source names its category',
    (school) =>
      given()
        .when(register({ school, schoolType: 'nine-year' }))
        .then({ ...registered, school, schoolType: 'nine-year', stages: ['primary', 'junior'] }),
  );

  it('has a name', () =>
    given()
      .when(register({ name: '' }))
      .thenRefused('SCHOOL_NAME_INVALID', { where: 'name' }));

  it('opens on a day of the calendar', () =>
    given()
      .when(register({ openedOn: '1998-9-1' }))
      .thenRefused('DATE_INVALID', { where: 'openedOn' }));
});

describe('A school that changes', () => {
  it('keeps its code when it is renamed', () =>
    given(registered)
      .when({ type: 'RenameSchool', name: '擂鼓中心小学', effectiveOn: '2005-09-01' })
      .then({ type: 'SchoolRenamed', school: code, name: '擂鼓中心小学', effectiveOn: '2005-09-01' }));

  it('is not renamed to the name that it has', () =>
    given(registered).when({ type: 'RenameSchool', name: '擂鼓镇小学', effectiveOn: '2005-09-01' }).thenNothing());

  it('does not change before it opened', () =>
    given(registered)
      .when({ type: 'RenameSchool', name: '擂鼓中心小学', effectiveOn: '1998-08-31' })
      .thenRefused('SCHOOL_DATE_BACKWARDS', { where: 'effectiveOn' }));

  it('is told in order', () =>
    given(registered, { type: 'SchoolRenamed', school: code, name: '擂鼓中心小学', effectiveOn: '2005-09-01' })
      .when({ ...closing, effectiveOn: '2005-08-31' })
      .thenRefused('SCHOOL_DATE_BACKWARDS', { lockedBy: 'a change that took effect on 2005-09-01' }));

  it('may change twice on one day', () =>
    given(registered, { type: 'SchoolRenamed', school: code, name: '擂鼓中心小学', effectiveOn: '2005-09-01' })
      .when({ type: 'AssignSchoolToCluster', cluster: '擂鼓学区', effectiveOn: '2005-09-01' })
      .then({ type: 'SchoolAssignedToCluster', school: code, cluster: '擂鼓学区', effectiveOn: '2005-09-01' }));

  it('leaves its cluster', () =>
    given({ ...registered, cluster: '擂鼓学区' })
      .when({ type: 'AssignSchoolToCluster', cluster: null, effectiveOn: '2005-09-01' })
      .then({ type: 'SchoolAssignedToCluster', school: code, cluster: null, effectiveOn: '2005-09-01' }));

  it('becomes a teaching point under the same category', () => {
    const classes = { schoolType: 'teaching-point', sponsor: 'county', setting: 'rural' } as const;
    given(registered)
      .when({ ...classes, type: 'ReclassifySchool', effectiveOn: '2005-09-01' })
      .then({ ...classes, type: 'SchoolReclassified', school: code, stages: ['primary'], effectiveOn: '2005-09-01' });
  });

  it('becomes a nine-year school in two steps, when its junior stage has pupils', () => {
    const classes = { schoolType: 'nine-year', sponsor: 'county', setting: 'town' } as const;
    given({ ...registered, schoolType: 'nine-year' })
      .when({ ...classes, type: 'ReclassifySchool', stages: ['junior', 'primary'], effectiveOn: '2005-09-01' })
      .then({
        ...classes,
        type: 'SchoolReclassified',
        school: code,
        stages: ['primary', 'junior'],
        effectiveOn: '2005-09-01',
      });
  });

  it('is not reclassified to what it is', () =>
    given(registered)
      .when({
        type: 'ReclassifySchool',
        schoolType: 'primary',
        sponsor: 'county',
        setting: 'town',
        effectiveOn: '2005-09-01',
      })
      .thenNothing());

  it('needs a new code when its category changes', () =>
    given(registered)
      .when({
        type: 'ReclassifySchool',
        schoolType: 'junior',
        sponsor: 'county',
        setting: 'town',
        effectiveOn: '2005-09-01',
      })
      .thenRefused('SCHOOL_CATEGORY_CHANGED', { lockedBy: 'the category 21 of its code' }));

  it('takes no change before it is registered', () =>
    given()
      .when({ ...closing, effectiveOn: '2010-09-01' })
      .thenRefused('SCHOOL_UNKNOWN'));
});

describe('A school that ends', () => {
  it('is closed with a reason', () =>
    given(registered)
      .when({ ...closing, effectiveOn: '2010-09-01' })
      .then(closed));

  it('is not closed without one', () =>
    given(registered)
      .when({ type: 'CloseSchool', reason: '', effectiveOn: '2010-09-01' })
      .thenRefused('SCHOOL_REASON_MISSING', { where: 'reason' }));

  it('can be closed twice without harm', () =>
    given(registered, closed)
      .when({ ...closing, effectiveOn: '2010-09-01' })
      .thenNothing());

  it('takes no change while it is closed', () =>
    given(registered, closed)
      .when({ type: 'RenameSchool', name: '擂鼓中心小学', effectiveOn: '2011-09-01' })
      .thenRefused('SCHOOL_NOT_OPEN', { lockedBy: 'SchoolClosed on 2010-09-01' }));

  it('never gives its code to another school', () =>
    given(registered, closed)
      .when(register({ name: '护驾小学', openedOn: '2012-09-01' }))
      .thenRefused('SCHOOL_CODE_VOID', { lockedBy: 'SchoolClosed on 2010-09-01' }));

  it('gets its old code back when it reopens', () =>
    given(registered, closed)
      .when({ type: 'ReopenSchool', effectiveOn: '2012-09-01' })
      .then({ type: 'SchoolReopened', school: code, effectiveOn: '2012-09-01' }));

  it('does not reopen before it closed', () =>
    given(registered, closed)
      .when({ type: 'ReopenSchool', effectiveOn: '2010-08-31' })
      .thenRefused('SCHOOL_DATE_BACKWARDS'));

  it('does not reopen while it is open', () =>
    given(registered).when({ type: 'ReopenSchool', effectiveOn: '2012-09-01' }).thenRefused('SCHOOL_OPEN'));

  it('is there again after a merger is undone', () =>
    given(registered, absorbed)
      .when({ type: 'ReopenSchool', effectiveOn: '2012-09-01' })
      .then({ type: 'SchoolReopened', school: code, effectiveOn: '2012-09-01' }));
});

describe('A school that moves to another county', () => {
  it('takes all of its facts along', () =>
    given(registered)
      .when({ type: 'MoveSchoolOut', from: '420323', to: '420324', effectiveOn: '2010-09-01' })
      .then(movedOut));

  it('does not move to where it is', () =>
    given(registered)
      .when({ type: 'MoveSchoolOut', from: '420323', to: '420323', effectiveOn: '2010-09-01' })
      .thenRefused('SCHOOL_ALREADY_THERE', { where: 'to' }));

  it('does not move to a city', () =>
    given(registered)
      .when({ type: 'MoveSchoolOut', from: '420323', to: '4203', effectiveOn: '2010-09-01' })
      .thenRefused('COUNTY_CODE_INVALID', { where: 'to' }));

  it('takes no change where it was', () =>
    given(registered, movedOut)
      .when({ type: 'ReopenSchool', effectiveOn: '2012-09-01' })
      .thenRefused('SCHOOL_NOT_OPEN', { remedy: 'Ask the county that it moved to.' }));

  it('arrives with its code and its opening day', () =>
    given()
      .when({ ...facts, type: 'MoveSchoolIn', from: '420324', effectiveOn: '2010-09-01' })
      .then({ ...facts, type: 'SchoolMovedIn', from: '420324', effectiveOn: '2010-09-01' }));

  it('arrives once, however often it is told', () =>
    given({ ...facts, type: 'SchoolMovedIn', from: '420324', effectiveOn: '2010-09-01' })
      .when({ ...facts, type: 'MoveSchoolIn', from: '420324', effectiveOn: '2010-09-01' })
      .thenNothing());

  it('may come back', () =>
    given(registered, movedOut)
      .when({ ...facts, type: 'MoveSchoolIn', from: '420324', effectiveOn: '2012-09-01' })
      .then({ ...facts, type: 'SchoolMovedIn', from: '420324', effectiveOn: '2012-09-01' }));

  it('does not change before it arrived', () =>
    given({ ...facts, type: 'SchoolMovedIn', from: '420324', effectiveOn: '2010-09-01' })
      .when({ ...closing, effectiveOn: '2010-08-31' })
      .thenRefused('SCHOOL_DATE_BACKWARDS'));
});
