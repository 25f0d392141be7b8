import { describe, it } from '@jest/globals';
import { specification } from '@junheng/kernel/testing';
import { hubei2012 } from '@junheng/standards';
import { standardPublication, type PublishStandard, type StandardPublished } from './standard-publication.decider.js';

const given = specification(standardPublication);
const publish = (content: unknown, hash: string): PublishStandard => ({
  type: 'PublishStandard',
  standard: 'hubei-2012',
  region: '42',
  content,
  hash,
});
const published: StandardPublished = {
  type: 'StandardPublished',
  standard: 'hubei-2012',
  version: '1',
  region: '42',
  validFrom: '2012-01-01',
  validTo: null,
  source: hubei2012.source,
  hash: 'aa11',
  content: hubei2012,
};

describe('A standard', () => {
  it('is published with its content and hash', () => given().when(publish(hubei2012, 'aa11')).then(published));

  it('can be published twice without harm', () => given(published).when(publish(hubei2012, 'aa11')).thenNothing());

  it('keeps the content of a published version for ever', () =>
    given(published)
      .when(publish({ ...hubei2012, validFrom: '2012-02-01' }, 'bb22'))
      .thenRefused('STANDARD_VERSION_EXISTS', { lockedBy: 'publication of version 1' }));

  it('takes a changed content as another version', () =>
    given(published)
      .when(publish({ ...hubei2012, version: '2' }, 'bb22'))
      .then({ ...published, version: '2', hash: 'bb22', content: { ...hubei2012, version: '2' } }));

  it('is published under its own id', () =>
    given()
      .when(publish({ ...hubei2012, id: 'hubei-2020' }, 'aa11'))
      .thenRefused('STANDARD_ID_FOREIGN'));

  it('is published by the region that it is for', () =>
    given()
      .when(publish({ ...hubei2012, region: '62' }, 'aa11'))
      .thenRefused('STANDARD_REGION_FOREIGN'));

  it('is refused with the path of what is wrong', () =>
    given()
      .when(publish({ ...hubei2012, split: { ...hubei2012.split, junior: '1,1' } }, 'aa11'))
      .thenRefused('STANDARD_INVALID', { where: 'split.junior' }));
});
