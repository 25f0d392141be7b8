import { TenantTransaction } from '@junheng/service';
import { builtInStandards, type Standard } from '@junheng/standards';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { PublishedStandard } from './adopted-standard.projection.js';

/** Every standard that a region may adopt: those that come with Junheng, and those published above it. */
@Injectable()
export class StandardLibrary {
  constructor(private readonly transaction: TenantTransaction) {}

  async list(region: string): Promise<Standard[]> {
    const publishers = [2, 4, 6].filter((length) => length <= region.length).map((length) => region.slice(0, length));
    const [province] = publishers;
    if (province === undefined) return [...builtInStandards];
    // A published standard is public below its publisher, so it is read in the publisher's scope and nothing else is.
    const published = await this.transaction.run({ region: province }, (manager) =>
      manager.find(PublishedStandard, {
        where: { tenant_id: In(publishers) },
        order: { tenant_id: 'ASC', standard: 'ASC', version: 'ASC' },
      }),
    );
    const all = [...builtInStandards, ...published.map(({ content }) => content)];
    const known = new Map<string, Standard>();
    for (const standard of all) if (!known.has(nameOf(standard))) known.set(nameOf(standard), standard);
    return [...known.values()].filter((standard) => region.startsWith(standard.region));
  }

  /** What a name means in a region: the version of the widest region that published it. */
  async find(region: string, id: string, version: string): Promise<Standard | undefined> {
    const standards = await this.list(region);
    return standards.find((standard) => standard.id === id && standard.version === version);
  }
}

// A province may publish in its own ledger what comes with Junheng.
const nameOf = ({ id, version }: Standard) => `${id}/${version}`;
