import { describe, it } from '@jest/globals';
import { specification } from '@junheng/kernel/testing';
import type { RegionEvent } from '@junheng/register-contract';
import { region, type RegionCommand } from './region.decider.js';

const given = specification(region);
const zhushan = { code: '420323', name: '竹山县', kind: 'county', parent: '4203', validFrom: '1949-10-01' } as const;
const registered: RegionEvent = { type: 'RegionRegistered', ...zhushan };
const register = (other: Partial<Extract<RegionCommand, { type: 'RegisterRegion' }>> = {}): RegionCommand => ({
  ...zhushan,
  ...other,
  type: 'RegisterRegion',
});
const abolished: RegionEvent = {
  type: 'RegionAbolished',
  code: '420323',
  successors: ['420381'],
  effectiveOn: '2014-01-01',
};

describe('A region', () => {
  it('is registered below the region whose code begins its own', () => given().when(register()).then(registered));

  it('can be registered twice without harm', () => given(registered).when(register()).thenNothing());

  it('is registered once under its code', () =>
    given(registered)
      .when(register({ name: '房县' }))
      .thenRefused('REGION_EXISTS', { where: 'code' }));

  it('can be a development zone that is no GB/T county', () => {
    const zone = { code: '340191', name: '合肥高新技术产业开发区', kind: 'development-zone', parent: '3401' } as const;
    given()
      .when(register(zone))
      .then({ ...registered, ...zone });
  });

  it('can be a unit of the Corps, which has a code prefix of its own', () => {
    const unit = { code: '660100', name: '第一师', kind: 'corps', parent: '66' } as const;
    given()
      .when(register(unit))
      .then({ ...registered, ...unit });
  });

  it('can be a county directly under its province', () => {
    const county = { code: '429004', name: '仙桃市', kind: 'county', parent: '42' } as const;
    given()
      .when(register(county))
      .then({ ...registered, ...county });
  });

  it.each([
    ['420300', 'county'],
    ['420023', 'county'],
    ['720323', 'county'],
    ['42032', 'county'],
    ['4200', 'city'],
    ['72', 'province'],
    ['4203', 'development-zone'],
    ['420323001', 'corps'],
  ] as const)('%s is not the code of a %s', (code, kind) =>
    given()
      .when(register({ code, kind, parent: code.slice(0, 2) }))
      .thenRefused('REGION_CODE_INVALID', { where: 'code' }),
  );

  it.each([
    ['420323', 'county', '4206'],
    ['420323', 'county', null],
    ['420323', 'county', '420323'],
    ['429004', 'county', '4290'],
    ['4203', 'city', null],
    ['42', 'province', '41'],
  ] as const)('%s, a %s, does not lie in %s', (code, kind, parent) =>
    given().when(register({ code, kind, parent })).thenRefused('REGION_PARENT_FOREIGN', { where: 'parent' }),
  );

  it('is not registered from a day that the calendar does not have', () =>
    given()
      .when(register({ validFrom: '2014-02-30' }))
      .thenRefused('DATE_INVALID', { where: 'validFrom' }));

  it('keeps its code when it is renamed', () =>
    given(registered)
      .when({ type: 'RenameRegion', name: '竹山市', effectiveOn: '2015-06-01' })
      .then({ type: 'RegionRenamed', code: '420323', name: '竹山市', effectiveOn: '2015-06-01' }));

  it('needs a name', () =>
    given(registered)
      .when({ type: 'RenameRegion', name: ' ', effectiveOn: '2015-06-01' })
      .thenRefused('REGION_NAME_INVALID', { where: 'name' }));

  it('moves from its city to its province', () =>
    given(registered)
      .when({ type: 'MoveRegion', parent: '42', effectiveOn: '2015-06-01' })
      .then({ type: 'RegionMoved', code: '420323', parent: '42', effectiveOn: '2015-06-01' }));

  it('does not move below a city whose reviewers could not see it', () =>
    given(registered)
      .when({ type: 'MoveRegion', parent: '4206', effectiveOn: '2015-06-01' })
      .thenRefused('REGION_PARENT_FOREIGN'));

  it('changes nothing by moving to where it lies', () =>
    given(registered).when({ type: 'MoveRegion', parent: '4203', effectiveOn: '2015-06-01' }).thenNothing());

  it('is told in order', () =>
    given(registered, { type: 'RegionRenamed', code: '420323', name: '竹山市', effectiveOn: '2015-06-01' })
      .when({ type: 'MoveRegion', parent: '42', effectiveOn: '2015-05-31' })
      .thenRefused('REGION_DATE_BACKWARDS', { lockedBy: 'a change that took effect on 2015-06-01' }));

  it('is abolished in favour of its successors', () =>
    given(registered)
      .when({ type: 'AbolishRegion', successors: ['420381'], effectiveOn: '2014-01-01' })
      .then(abolished));

  it.each([[[]], [['420323']], [['420381', '420381']], [['Fangxian']]])(
    'is not abolished in favour of %j',
    (successors) =>
      given(registered)
        .when({ type: 'AbolishRegion', successors, effectiveOn: '2014-01-01' })
        .thenRefused('REGION_SUCCESSORS_INVALID', { where: 'successors' }),
  );

  it('can be abolished twice without harm', () =>
    given(registered, abolished)
      .when({ type: 'AbolishRegion', successors: ['420381'], effectiveOn: '2014-01-01' })
      .thenNothing());

  it('takes no change once abolished', () =>
    given(registered, abolished)
      .when({ type: 'RenameRegion', name: '竹山市', effectiveOn: '2015-06-01' })
      .thenRefused('REGION_ABOLISHED', { remedy: 'Go on in its successors: 420381.' }));

  it('does not give its code to another region once abolished', () =>
    given(registered, abolished)
      .when(register({ validFrom: '2020-01-01' }))
      .thenRefused('REGION_ABOLISHED'));

  it('takes no change before it is registered', () =>
    given().when({ type: 'RenameRegion', name: '竹山市', effectiveOn: '2015-06-01' }).thenRefused('REGION_UNKNOWN'));
});
