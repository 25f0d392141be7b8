import { describe, expect, it } from '@jest/globals';
import { specification } from '@junheng/kernel/testing';
import type { CampaignEvent } from '@junheng/reporting-contract';
import { campaign, isInScope, type OpenCampaign } from './campaign.decider.js';
import { afterDeadline, formInForce, inTime, leiguPrimary, opened, soundFigures } from './example-return.js';

const given = specification(campaign);
const of = { campaign: 'annual-2013', schoolYear: 2013 };
const open: OpenCampaign = {
  type: 'OpenCampaign',
  schoolYear: 2013,
  form: formInForce,
  deadline: '2013-09-20T10:00:00.000Z',
  scope: {},
  openedAt: 'county',
  context: { now: inTime },
};
const closed: CampaignEvent = { type: 'CampaignClosed', ...of };
const returns = { [leiguPrimary.school]: { ...leiguPrimary, version: 3, figures: soundFigures } };
const sealed = (snapshot: number, hash: string): CampaignEvent => ({
  type: 'SnapshotSealed',
  ...of,
  snapshot,
  returns,
  hash,
});

describe('A campaign', () => {
  it('opens a school year with its form, deadline and scope', () => given().when(open).then(opened));

  it('opens once', () => {
    given(opened).when(open).thenNothing();
    given(opened)
      .when({ ...open, deadline: '2013-10-01T00:00:00.000Z' })
      .thenNothing();
    given(opened)
      .when({ ...open, scope: { types: ['primary'] } })
      .thenRefused('CAMPAIGN_ALREADY_OPEN');
  });

  it('needs a deadline that is still to come, a real year and a usable form', () => {
    given()
      .when({ ...open, context: { now: afterDeadline } })
      .thenRefused('DEADLINE_IN_PAST');
    given()
      .when({ ...open, deadline: 'soon' })
      .thenRefused('DEADLINE_INVALID');
    given()
      .when({ ...open, schoolYear: 13 })
      .thenRefused('SCHOOL_YEAR_INVALID');
    const content = { ...formInForce.content, sections: [] };
    given()
      .when({ ...open, form: { ...formInForce, content } })
      .thenRefused('FORM_INVALID', { where: 'form' });
  });

  it('refuses a scope that names what cannot be', () => {
    given()
      .when({ ...open, scope: { schools: ['123'] } })
      .thenRefused('SCOPE_INVALID', { where: 'scope' });
    given()
      .when({ ...open, scope: { types: ['college' as 'primary'] } })
      .thenRefused('SCOPE_INVALID');
  });

  it('moves its deadline for a reason', () => {
    const move = {
      type: 'MoveDeadline',
      deadline: '2013-09-25T10:00:00.000Z',
      reason: '暴雨停课',
      movedAt: 'county',
      context: { now: inTime },
    } as const;
    given(opened)
      .when(move)
      .then({ type: 'CampaignDeadlineMoved', ...of, deadline: '2013-09-25T10:00:00.000Z', reason: '暴雨停课' });
    given(opened)
      .when({ ...move, deadline: opened.deadline })
      .thenNothing();
    given(opened)
      .when({ ...move, reason: '' })
      .thenRefused('REASON_MISSING');
    given(opened, closed).when(move).thenRefused('CAMPAIGN_CLOSED');
    given({ ...opened, openedAt: 'province' })
      .when(move)
      .thenRefused('DEADLINE_SET_BY_PROVINCE');
    given().when(move).thenRefused('CAMPAIGN_NOT_OPEN');
  });

  it('closes once', () => {
    given(opened).when({ type: 'CloseCampaign' }).then(closed);
    given(opened, closed).when({ type: 'CloseCampaign' }).thenNothing();
  });

  it('seals the approved returns, and a correction gives the next snapshot', () => {
    given(opened, closed)
      .when({ type: 'SealSnapshot', context: { returns, hash: 'a1' } })
      .then(sealed(1, 'a1'));
    given(opened, closed, sealed(1, 'a1'))
      .when({ type: 'SealSnapshot', context: { returns, hash: 'a2' } })
      .then(sealed(2, 'a2'));
    given(opened, closed, sealed(1, 'a1'))
      .when({ type: 'SealSnapshot', context: { returns, hash: 'a1' } })
      .thenNothing();
  });

  it('seals neither an open campaign nor nothing', () => {
    given(opened)
      .when({ type: 'SealSnapshot', context: { returns, hash: 'a1' } })
      .thenRefused('CAMPAIGN_NOT_CLOSED');
    given(opened, closed)
      .when({ type: 'SealSnapshot', context: { returns: {}, hash: 'a1' } })
      .thenRefused('SNAPSHOT_EMPTY');
  });

  it('asks the schools of its scope', () => {
    const asks = (scope: OpenCampaign['scope']) => isInScope({ scope }, { ...leiguPrimary, cluster: 'north' });
    expect(asks({})).toBe(true);
    expect(asks({ types: ['junior'] })).toBe(false);
    expect(asks({ schools: [leiguPrimary.school], clusters: ['north'] })).toBe(true);
    expect(asks({ clusters: ['south'] })).toBe(false);
  });
});
