import { describe, expect, it } from '@jest/globals';
import { fold, RuleViolation } from '@junheng/kernel';
import { specification } from '@junheng/kernel/testing';
import type { AnnualReturnEvent, Figures } from '@junheng/reporting-contract';
import { annualReturn } from './annual-return.decider.js';
import { enteredFigures } from './annual-return-state.js';
import { campaign } from './campaign.decider.js';
import { difference } from './difference.formula.js';
import { afterDeadline, inCampaign, leiguPrimary, opened, soundFigures } from './example-return.js';

const given = specification(annualReturn);
const { school } = leiguPrimary;
const of = { school, schoolYear: 2013 };
const year = { ...of, context: inCampaign() };
const late = { ...of, context: inCampaign({ now: afterDeadline }) };
const closed = campaign.evolve(year.context.campaign, {
  type: 'CampaignClosed',
  campaign: 'annual-2013',
  schoolYear: 2013,
});
const sealed = campaign.evolve(closed, {
  type: 'SnapshotSealed',
  campaign: 'annual-2013',
  schoolYear: 2013,
  snapshot: 1,
  returns: {},
  hash: 'b'.repeat(64),
});

const saved = (section: string, figures: Figures): AnnualReturnEvent => ({
  type: 'ReturnSectionSaved',
  ...of,
  section,
  figures,
});
const submittedWith = (figures: Figures): AnnualReturnEvent => ({
  type: 'ReturnSubmitted',
  ...of,
  stages: ['primary'],
  figures,
  explanations: [],
  findings: [],
});
const submitted = submittedWith(soundFigures);
const approved: AnnualReturnEvent = { type: 'ReturnApproved', ...of };
const reasons = [{ field: 'books', code: 'DOUBTFUL', text: '与去年台账不符' }];
const returned: AnnualReturnEvent = { type: 'ReturnReturned', ...of, reasons, dueOn: '2013-09-25' };
const requested: AnnualReturnEvent = {
  type: 'ReopeningRequested',
  ...of,
  reason: '图书台账有误',
  requestedBy: 'officer-1',
};
const granted: AnnualReturnEvent = {
  type: 'ReopeningApproved',
  ...of,
  approvedBy: 'admin-1',
  expiresAt: '2013-09-23T00:00:00.000Z',
};
const saveBooks = (books: unknown, when = year) =>
  ({ type: 'SaveSection', ...when, section: 'resources', figures: { books } }) as const;

function refusalOf(decide: () => unknown): RuleViolation {
  try {
    decide();
  } catch (refusal) {
    if (refusal instanceof RuleViolation) return refusal;
    throw refusal;
  }
  throw new Error('It was accepted.');
}

describe('An annual return', () => {
  it('records only the figures that changed', () =>
    given(saved('resources', { books: '5400', computers: '40' }))
      .when({ type: 'SaveSection', ...year, section: 'resources', figures: { books: '5500', computers: '40' } })
      .then(saved('resources', { books: '5500' })));

  it('is saved twice without a second event', () =>
    given(saved('resources', { books: '5400' }))
      .when(saveBooks('5400.00'))
      .thenNothing());

  it('tells zero, unknown and not entered apart', () => {
    given()
      .when(saveBooks('0'))
      .then(saved('resources', { books: '0' }));
    given(saved('resources', { books: '0' }))
      .when(saveBooks(null))
      .then(saved('resources', { books: null }));
    given(saved('resources', { books: null }))
      .when(saveBooks('0'))
      .then(saved('resources', { books: '0' }));
  });

  it.each([
    ['FIELD_UNKNOWN', 'resources', { bokks: '1' }, 'resources.bokks'],
    ['FIELD_UNKNOWN', 'resources', { land: '1' }, 'resources.land'],
    ['FIELD_NOT_ASKED', 'pupils', { j_enrol: '1' }, 'pupils.j_enrol'],
    ['SECTION_UNKNOWN', 'books', { books: '1' }, 'books'],
  ])('refuses with %s in %s the figures %j', (code, section, figures, where) =>
    given()
      .when({ type: 'SaveSection', ...year, section, figures })
      .thenRefused(code, { where }),
  );

  it('is submitted whole, with what is unusual', () =>
    given(saved('pupils', soundFigures))
      .when({ type: 'SubmitReturn', ...year, explanations: [] })
      .then(submitted));

  it('is not submitted with a wrong sum, and says every rule that does not hold', () => {
    const figures = { ...soundFigures, p_g1: '44', p_t_backbone: '19' };
    const command = { type: 'SubmitReturn', ...year, explanations: [] } as const;
    given(saved('pupils', figures)).when(command).thenRefused('RETURN_HAS_ERRORS');
    const refusal = refusalOf(() => annualReturn.decide(command, fold(annualReturn, [saved('pupils', figures)])));
    expect(refusal.details['findings']).toEqual([
      expect.objectContaining({ check: 'p_grades_sum', figures: expect.objectContaining({ p_g1: '44' }) }),
      expect.objectContaining({ check: 'p_t_backbone_in_ft_teachers' }),
    ]);
  });

  it('takes an unknown figure with an explanation only', () => {
    const unknown = { ...soundFigures, books: null };
    const explanations = [{ check: 'unknown', field: 'books', text: '原始台账数字缺失' }];
    given(saved('pupils', unknown))
      .when({ type: 'SubmitReturn', ...year, explanations: [] })
      .thenRefused('EXPLANATION_MISSING', { where: 'books' });
    const rule = { zh: '图书未知须说明', en: 'Books: unknown needs a reason' };
    given(saved('pupils', unknown))
      .when({ type: 'SubmitReturn', ...year, explanations })
      .then({
        type: 'ReturnSubmitted',
        ...of,
        stages: ['primary'],
        figures: unknown,
        explanations,
        findings: [{ check: 'unknown', level: 'explain', fields: ['books'], rule, figures: { books: null } }],
      });
  });

  it('is submitted twice without harm', () =>
    given(submitted)
      .when({ type: 'SubmitReturn', ...year, explanations: [] })
      .thenNothing());

  it('is out of reach while the county looks at it', () =>
    given(submitted).when(saveBooks('1')).thenRefused('RETURN_SUBMITTED', { lockedBy: 'the submission' }));

  it('is returned with a reason for each field and a due date', () => {
    const command = { type: 'ReturnForCorrection', ...year, reasons, dueOn: '2013-09-25' } as const;
    given(submitted).when(command).then(returned);
    given(submitted)
      .when({ ...command, reasons: [] })
      .thenRefused('REASON_MISSING');
    given(submitted)
      .when({ ...command, dueOn: '2013-09-09' })
      .thenRefused('DUE_DATE_IN_PAST');
    given(submitted)
      .when({ ...command, reasons: [{ field: 'bokks', code: 'X', text: 'y' }] })
      .thenRefused('FIELD_UNKNOWN');
    given().when(command).thenRefused('RETURN_NOT_SUBMITTED');
    given(submitted, approved).when(command).thenRefused('RETURN_APPROVED');
  });

  it('stays open until the due date once it has been returned', () => {
    given(submitted, returned)
      .when(saveBooks('5401', late))
      .then(saved('resources', { books: '5401' }));
    const tooLate = { ...of, context: inCampaign({ now: '2013-09-25T16:00:00.000Z' }) };
    given(submitted, returned).when(saveBooks('5401', tooLate)).thenRefused('DEADLINE_PASSED');
  });

  it('is approved once', () => {
    given(submitted)
      .when({ type: 'ApproveReturn', ...year })
      .then(approved);
    given(submitted, approved)
      .when({ type: 'ApproveReturn', ...year })
      .thenNothing();
    given(saved('resources', { books: '1' }))
      .when({ type: 'ApproveReturn', ...year })
      .thenRefused('RETURN_NOT_SUBMITTED');
  });
});

describe('A locked annual return', () => {
  it('says that the deadline holds it', () =>
    given().when(saveBooks('1', late)).thenRefused('DEADLINE_PASSED', {
      lockedBy: 'the deadline 2013-09-20T10:00:00.000Z',
      deadline: opened.deadline,
    }));

  it('says that its approval holds it', () =>
    given(submitted, approved).when(saveBooks('1')).thenRefused('RETURN_APPROVED', {
      lockedBy: 'the approval at version 2',
    }));

  it('says that the campaign was closed, or is sealed', () => {
    const when = (state: typeof closed) => ({ ...of, context: inCampaign({ campaign: state }) });
    given()
      .when(saveBooks('1', when(closed)))
      .thenRefused('CAMPAIGN_CLOSED');
    given()
      .when(saveBooks('1', when(sealed)))
      .thenRefused('SCHOOL_YEAR_SEALED', {
        lockedBy: 'snapshot 1 of annual-2013',
      });
  });

  it('does not refuse what changes nothing', () =>
    given(saved('resources', { books: '5400' }))
      .when(saveBooks('5400', late))
      .thenNothing());

  it('needs a campaign that asks this school', () => {
    const none = inCampaign({ campaign: { status: 'absent' } });
    given()
      .when(saveBooks('1', { ...of, context: none }))
      .thenRefused('CAMPAIGN_NOT_OPEN');
    const closedSchool = inCampaign({ schoolFacts: null });
    given()
      .when(saveBooks('1', { ...of, context: closedSchool }))
      .thenRefused('SCHOOL_NOT_ASKED');
    const others = campaign.evolve(campaign.initial, { ...opened, scope: { types: ['junior'] } });
    given()
      .when(saveBooks('1', { ...of, context: inCampaign({ campaign: others }) }))
      .thenRefused('SCHOOL_NOT_ASKED');
  });
});

describe('A reopening', () => {
  const request = { type: 'RequestReopening', ...late, reason: '图书台账有误', requestedBy: 'officer-1' } as const;
  const grant = {
    type: 'ApproveReopening',
    ...late,
    approvedBy: 'admin-1',
    expiresAt: '2013-09-23T00:00:00.000Z',
  } as const;

  it('is asked for with a reason and granted by someone else', () => {
    given(submitted, approved).when(request).then(requested);
    given(submitted, approved)
      .when({ ...request, reason: ' ' })
      .thenRefused('REASON_MISSING');
    given(submitted, approved, requested).when(grant).then(granted);
    given(submitted, approved, requested)
      .when({ ...grant, approvedBy: 'officer-1' })
      .thenRefused('REOPENING_SAME_PERSON', { lockedBy: 'the four-eyes rule' });
    given(submitted, approved).when(grant).thenRefused('REOPENING_NOT_REQUESTED');
  });

  it('is asked for once', () => {
    given(submitted, approved, requested).when(request).thenNothing();
    given(submitted, approved, requested)
      .when({ ...request, requestedBy: 'officer-2' })
      .thenRefused('REOPENING_PENDING');
  });

  it('is not needed while the return is open', () =>
    given()
      .when({ ...request, context: inCampaign() })
      .thenRefused('REOPENING_NOT_NEEDED'));

  it('opens the return until it expires by itself', () => {
    const history = [submitted, approved, requested, granted];
    given(...history)
      .when(saveBooks('5401', late))
      .then(saved('resources', { books: '5401' }));
    const expired = { ...of, context: inCampaign({ now: '2013-09-23T00:00:00.001Z' }) };
    given(...history)
      .when(saveBooks('5401', expired))
      .thenRefused('REOPENING_EXPIRED', {
        expiresAt: '2013-09-23T00:00:00.000Z',
      });
  });

  it('is over once the return is approved again', () =>
    given(submitted, approved, requested, granted, submitted, approved)
      .when(saveBooks('5401', late))
      .thenRefused('RETURN_APPROVED'));

  it('is declined with a reason', () => {
    const decline = { type: 'DeclineReopening', ...late, declinedBy: 'admin-1', reason: '请走更正程序' } as const;
    given(submitted, approved, requested)
      .when(decline)
      .then({ type: 'ReopeningDeclined', ...of, declinedBy: 'admin-1', reason: '请走更正程序' });
    given(submitted, approved).when(decline).thenRefused('REOPENING_NOT_REQUESTED');
  });

  it('does not open a sealed year', () => {
    const context = inCampaign({ campaign: sealed });
    given(submitted, approved)
      .when({ ...request, context })
      .thenRefused('SCHOOL_YEAR_SEALED');
    given(submitted, approved, requested, granted)
      .when(saveBooks('1', { ...of, context }))
      .thenRefused('SCHOOL_YEAR_SEALED');
  });
});

describe('A correction', () => {
  const command = { type: 'CorrectReturn', ...late, figures: { books: '5300' }, reason: '清点后更正' } as const;
  const corrected: AnnualReturnEvent = {
    type: 'ReturnCorrected',
    ...of,
    figures: { books: '5300' },
    reason: '清点后更正',
    supersedes: 2,
  };

  it('names the version that it supersedes', () => {
    given(submitted, approved).when(command).then(corrected);
    given(submitted, approved, corrected)
      .when({ ...command, figures: { books: '5301' } })
      .then({ ...corrected, figures: { books: '5301' }, supersedes: 3 });
  });

  it('is possible in a sealed year', () =>
    given(submitted, approved)
      .when({ ...command, context: inCampaign({ campaign: sealed }) })
      .then(corrected));

  it('changes nothing twice', () => given(submitted, approved, corrected).when(command).thenNothing());

  it('is refused when another came first', () =>
    given(submitted, approved, corrected)
      .when({ ...command, figures: { books: '5299' }, supersedes: 2 })
      .thenRefused('FIGURES_SUPERSEDED', { lockedBy: 'version 3' }));

  it('waits for the county’s word on a new submission', () =>
    given(submitted, approved, requested, granted, submitted).when(command).thenRefused('RETURN_SUBMITTED'));

  it('needs an approved return, a reason and figures that hold', () => {
    given(submitted).when(command).thenRefused('RETURN_NOT_APPROVED');
    given(submitted, approved)
      .when({ ...command, reason: '' })
      .thenRefused('REASON_MISSING');
    given(submitted, approved)
      .when({ ...command, figures: { p_t_backbone: '19' } })
      .thenRefused('RETURN_HAS_ERRORS');
  });

  it('leaves alone what the school has saved in the meantime', () => {
    const history = [submitted, approved, requested, granted, saved('resources', { books: '5401' })];
    const state = fold(annualReturn, [...history, { ...corrected, figures: { land: '8000' } }]);
    expect(enteredFigures(state)).toMatchObject({ books: '5401', land: '8000' });
    expect(state.approved?.figures).toMatchObject({ books: '5400', land: '8000' });
  });

  it('shows what changed since the last approval', () => {
    const state = fold(annualReturn, [submitted, approved, requested, granted, saved('resources', { books: '5401' })]);
    expect(difference(state.approved?.figures ?? {}, enteredFigures(state))).toEqual([
      { field: 'books', before: '5400', after: '5401' },
    ]);
  });
});

describe('Notes and sources', () => {
  const note = { type: 'AttachNote', ...year, note: 'n1', field: 'books', text: '含电子图书' } as const;
  const attached: AnnualReturnEvent = {
    type: 'ReturnNoteAttached',
    ...of,
    note: 'n1',
    field: 'books',
    text: '含电子图书',
  };

  it('are attached once and never rewritten', () => {
    given().when(note).then(attached);
    given(attached).when(note).thenNothing();
    given(attached)
      .when({ ...note, text: '不含电子图书' })
      .thenRefused('NOTE_EXISTS');
  });

  it.each([
    '校长13800138000',
    '电话 138-0013-8000',
    '＋86 138 0013 8000',
    '身份证42032319800101123X',
    '420323 19800101 1234',
  ])('hold no personal number: %s', (text) =>
    given()
      .when({ ...note, text })
      .thenRefused('NOTE_HAS_PERSONAL_DATA', { where: 'text' }),
  );

  it('may hold a school code, a year and a long number of ours', () =>
    given()
      .when({ ...note, text: '2142001002 于 2013-09-01 有 13514.372796 册' })
      .then({ ...attached, text: '2142001002 于 2013-09-01 有 13514.372796 册' }));

  it('show two sources that disagree, as for the 795 or 705 pupils of Leigu', () => {
    const values = [
      { value: '795', source: '差距值一览表' },
      { value: '705', source: '镇长讲话' },
    ];
    const conflict: AnnualReturnEvent = { type: 'FigureConflictRecorded', ...of, field: 'p_enrol', values };
    const command = { type: 'RecordFigureConflict', ...year, field: 'p_enrol', values } as const;
    given().when(command).then(conflict);
    given(conflict).when(command).thenNothing();
    given()
      .when({ ...command, values: values.slice(0, 1) })
      .thenRefused('CONFLICT_MISSING');
  });
});
