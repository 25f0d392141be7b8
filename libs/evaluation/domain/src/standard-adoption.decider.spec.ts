import { describe, expect, it } from '@jest/globals';
import { fold } from '@junheng/kernel';
import { specification } from '@junheng/kernel/testing';
import { hubei2012, type Standard } from '@junheng/standards';
import {
  adoptionInForce,
  standardAdoption,
  type StandardAdopted,
  type StandardAdoptionCommand,
  type StandardAdoptionEvent,
} from './standard-adoption.decider.js';

const given = specification(standardAdoption);
const secondVersion: Standard = { ...hubei2012, version: '2' };
const adopt = (fromSchoolYear: number, content: Standard = hubei2012, hash = 'aa11'): StandardAdoptionCommand => ({
  type: 'AdoptStandard',
  standard: 'hubei-2012',
  version: content.version,
  hash,
  content,
  fromSchoolYear,
  county: '420323',
});
const adopted = (fromSchoolYear: number, content: Standard = hubei2012, hash = 'aa11'): StandardAdopted => ({
  type: 'StandardAdopted',
  standard: 'hubei-2012',
  version: content.version,
  hash,
  content,
  fromSchoolYear,
});
const end = (untilSchoolYear: number) =>
  ({ type: 'EndStandardAdoption', standard: 'hubei-2012', untilSchoolYear }) as const;
const ended = (untilSchoolYear: number): StandardAdoptionEvent => ({
  type: 'StandardAdoptionEnded',
  standard: 'hubei-2012',
  untilSchoolYear,
});

describe('The adoption of a standard', () => {
  it('carries the content and its hash into the county', () => given().when(adopt(2013)).then(adopted(2013)));

  it('can be sent twice without harm', () => given(adopted(2013)).when(adopt(2013)).thenNothing());

  it('is refused for a school year that begins before the standard is valid', () =>
    given().when(adopt(2011)).thenRefused('STANDARD_NOT_VALID_FOR_YEAR', { where: 'fromSchoolYear' }));

  it('is refused for a school year that begins after the standard has ended', () =>
    given()
      .when(adopt(2016, { ...hubei2012, validTo: '2016-08-31' }))
      .thenRefused('STANDARD_NOT_VALID_FOR_YEAR'));

  it('is refused to a county of another province', () =>
    given()
      .when({ ...adopt(2013), county: '621023' } as StandardAdoptionCommand)
      .thenRefused('STANDARD_REGION_FOREIGN'));

  it('takes the next version for a later school year', () =>
    given(adopted(2013))
      .when(adopt(2015, secondVersion, 'bb22'))
      .then(adopted(2015, secondVersion, 'bb22')));

  it('does not change the standard of a school year that another version judges', () =>
    given(adopted(2013))
      .when(adopt(2013, secondVersion, 'bb22'))
      .thenRefused('ADOPTION_NOT_LATER'));

  it('does not take another content under the same version', () =>
    given(adopted(2013))
      .when(adopt(2014, hubei2012, 'cc33'))
      .thenRefused('STANDARD_CONTENT_DIFFERS'));

  it('does not take a content under a foreign id', () =>
    given()
      .when(adopt(2013, { ...hubei2012, id: 'gansu' }))
      .thenRefused('STANDARD_ID_FOREIGN'));

  it('ends with a school year', () => given(adopted(2013)).when(end(2015)).then(ended(2015)));

  it('ends once', () => {
    given(adopted(2013), ended(2015)).when(end(2015)).thenNothing();
    given(adopted(2013), ended(2015)).when(end(2016)).thenRefused('ADOPTION_ENDED');
  });

  it('does not end before it began', () => given(adopted(2013)).when(end(2012)).thenRefused('ADOPTION_END_TOO_EARLY'));

  it('does not end when there is none', () => given().when(end(2015)).thenRefused('ADOPTION_ABSENT'));

  it('judges each school year by the version that was in force', () => {
    const periods = fold(standardAdoption, [adopted(2013), adopted(2015, secondVersion, 'bb22'), ended(2016)]);
    const versions = [2012, 2013, 2014, 2015, 2016, 2017].map((year) => adoptionInForce(periods, year)?.version);
    expect(versions).toEqual([undefined, '1', '1', '2', '2', undefined]);
  });
});
