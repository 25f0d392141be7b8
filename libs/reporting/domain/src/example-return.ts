import type { SchoolFacts } from '@junheng/register-contract';
import type { CampaignOpened, Figures, FormInForce } from '@junheng/reporting-contract';
import type { ReturnContext } from './annual-return-commands.js';
import { annualReturnForm } from './annual-return.form.js';
import { campaign } from './campaign.decider.js';

/** A made-up primary school whose figures agree with each other; for tests. */
export const leiguPrimary: SchoolFacts = {
  school: '2142001002',
  name: '擂鼓镇小学',
  schoolType: 'primary',
  sponsor: 'county',
  setting: 'rural',
  cluster: null,
  stages: ['primary'],
  openedOn: '1985-09-01',
};

export const soundFigures: Figures = {
  p_enrol: '270',
  p_g1: '45',
  p_g2: '45',
  p_g3: '45',
  p_g4: '45',
  p_g5: '45',
  p_g6: '45',
  p_classes: '6',
  p_class_sizes: ['45', '45', '45', '45', '45', '45'],
  p_ft_teachers: '18',
  p_t_phd: '0',
  p_t_master: '1',
  p_t_bachelor: '11',
  p_t_college: '6',
  p_t_below: '0',
  p_t_title_senior: '4',
  p_t_title_mid: '8',
  p_t_title_junior: '5',
  p_t_title_none: '1',
  p_t_backbone: '3',
  p_t_pe: '1',
  p_t_music: '1',
  p_t_art: '1',
  p_t_arts: '0',
  land: '8856',
  floor_total: '2400.5',
  teach_area: '1844.7',
  sports_ground: '2300',
  indoor_sports: '0',
  green: '2100',
  multimedia: '8',
  equip_value: '54.32',
  computers: '40',
  teach_computers: '30',
  books: '5400',
};

export const formInForce: FormInForce = {
  id: annualReturnForm.id,
  version: annualReturnForm.version,
  hash: 'a'.repeat(64),
  content: annualReturnForm,
};

export const opened: CampaignOpened = {
  type: 'CampaignOpened',
  campaign: 'annual-2013',
  schoolYear: 2013,
  asOf: '2013-09-01',
  form: formInForce,
  deadline: '2013-09-20T10:00:00.000Z',
  scope: {},
  openedAt: 'county',
};

export const inTime = '2013-09-10T02:00:00.000Z';
export const afterDeadline = '2013-09-21T02:00:00.000Z';

export const inCampaign = (part: Partial<ReturnContext> = {}): ReturnContext => ({
  now: inTime,
  campaign: campaign.evolve(campaign.initial, opened),
  schoolFacts: leiguPrimary,
  previous: {},
  ...part,
});
