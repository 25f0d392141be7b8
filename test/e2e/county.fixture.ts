import type { Figures } from '@junheng/reporting-contract';
import { annualReturnForm, bySection } from '@junheng/reporting-domain';
import { soundFigures } from '@junheng/reporting-domain/testing';
import type { Client, Receipt } from './client.fixture.js';

export const DEADLINE = '2049-12-31T18:00:00+08:00';

/** A county of a spec's own, with its province and city, primary schools, a standard and a campaign. */
export class County {
  readonly admin: string;
  readonly supervisor: string;

  private constructor(
    readonly client: Client,
    readonly code: string,
    readonly schoolYear: number,
  ) {
    this.admin = `admin-${code}`;
    this.supervisor = `supervisor-${code.slice(0, 2)}`;
  }

  static async found(client: Client, code: string, schools = 2, schoolYear = 2013): Promise<County> {
    const county = new County(client, code, schoolYear);
    await county.register(code.slice(0, 2), 'province', null);
    await county.register(code.slice(0, 4), 'city', code.slice(0, 2));
    await county.register(code, 'county', code.slice(0, 4));
    for (let serial = 1; serial <= schools; serial += 1) await county.openSchool(serial);
    const standard = { standard: 'cn-basic-2012', version: '1', fromSchoolYear: schoolYear };
    await client.command(county.admin, 'adoptStandard', { county: code, input: standard });
    await county.openCampaign(schoolYear);
    return county;
  }

  school(serial: number): string {
    return `21${this.code}${String(serial).padStart(2, '0')}`;
  }

  reporter = (serial: number): string => `reporter-${this.school(serial)}`;
  principal = (serial: number): string => `principal-${this.school(serial)}`;

  /** What a command on one school's return names. */
  at(serial: number, schoolYear = this.schoolYear) {
    return { county: this.code, school: this.school(serial), schoolYear };
  }

  openCampaign(schoolYear: number): Promise<Receipt> {
    return this.client.command(this.admin, 'openCampaign', {
      region: this.code,
      schoolYear,
      input: { deadline: DEADLINE },
    });
  }

  async enter(serial: number, figures: Figures = {}, schoolYear = this.schoolYear): Promise<Receipt> {
    let receipt: Receipt | undefined;
    for (const [section, part] of bySection(annualReturnForm, { ...soundFigures, ...figures })) {
      const input = { section, figures: part };
      const args = { ...this.at(serial, schoolYear), input };
      receipt = await this.client.command(this.reporter(serial), 'saveSection', args);
    }
    return receipt!;
  }

  submit(serial: number, schoolYear = this.schoolYear, explanations: readonly object[] = []): Promise<Receipt> {
    const args = { ...this.at(serial, schoolYear), input: { explanations } };
    return this.client.command(this.principal(serial), 'submitReturn', args);
  }

  approve(serial: number, schoolYear = this.schoolYear): Promise<Receipt> {
    return this.client.command(this.admin, 'approveReturn', this.at(serial, schoolYear));
  }

  /** From the first saved figure to the approval. */
  async report(serial: number, figures: Figures = {}, schoolYear = this.schoolYear): Promise<Receipt> {
    await this.enter(serial, figures, schoolYear);
    await this.submit(serial, schoolYear);
    return this.approve(serial, schoolYear);
  }

  async openSchool(serial: number): Promise<Receipt> {
    const input = {
      name: `第${serial}小学`,
      openedOn: '2000-09-01',
      schoolType: 'primary',
      sponsor: 'county',
      setting: 'rural',
    };
    return this.client.command(this.admin, 'registerSchool', { county: this.code, school: this.school(serial), input });
  }

  private register(region: string, kind: string, parent: string | null): Promise<Receipt> {
    const input = { kind, name: `${kind} ${region}`, parent, validFrom: '2000-01-01' };
    return this.client.command(this.supervisor, 'registerRegion', { region, input });
  }
}
