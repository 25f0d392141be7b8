import { type Decider, RuleViolation } from '@junheng/kernel';
import { parseStandard, type Standard } from '@junheng/standards';

/** Stream `standard-<id>` in the ledger of the region that publishes it. */
export interface StandardPublished {
  readonly type: 'StandardPublished';
  readonly standard: string;
  readonly version: string;
  readonly region: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly source: Standard['source'];
  /** SHA-256 of the canonical JSON of `content`, in lower-case hex. */
  readonly hash: string;
  readonly content: Standard;
}

export interface PublishStandard {
  readonly type: 'PublishStandard';
  readonly standard: string;
  /** Code of the region in whose ledger it is published. */
  readonly region: string;
  readonly content: unknown;
  readonly hash: string;
}

/** The hash of every published version. */
export type PublicationState = Readonly<Record<string, string>>;

/** A published version is immutable: another content is another version. */
export const standardPublication: Decider<PublicationState, PublishStandard, StandardPublished> = {
  initial: {},

  decide({ standard, region, content: offered, hash }, published) {
    const content = parseStandard(offered);
    if (content.id !== standard) {
      throw new RuleViolation('STANDARD_ID_FOREIGN', `The content is the standard "${content.id}".`, {
        where: 'content.id',
        remedy: `Publish it as "${content.id}".`,
      });
    }
    if (content.region !== region) {
      throw new RuleViolation('STANDARD_REGION_FOREIGN', `The standard is for "${content.region}", not "${region}".`, {
        where: 'content.region',
        remedy: 'A region publishes its own standards; a national one is adopted as it is.',
      });
    }
    const { version, validFrom, validTo, source } = content;
    const known = published[version];
    if (known === hash) return [];
    if (known !== undefined) {
      throw new RuleViolation('STANDARD_VERSION_EXISTS', `Version ${version} is published with another content.`, {
        where: 'content.version',
        lockedBy: `publication of version ${version}`,
        remedy: 'Give the changed content a version of its own.',
      });
    }
    return [{ type: 'StandardPublished', standard, version, region, validFrom, validTo, source, hash, content }];
  },

  evolve(published, { version, hash }) {
    return { ...published, [version]: hash };
  },
};
