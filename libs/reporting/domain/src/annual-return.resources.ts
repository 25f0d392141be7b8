import type { FormSection } from '@junheng/reporting-contract';
import {
  flag,
  perHundredPupils,
  perPupil,
  persons,
  required,
  tenThousandYuan,
  text,
  whole,
  words,
  year,
} from './form-fields.js';

export const resources: FormSection = {
  id: 'resources',
  title: words('设备与图书', 'Equipment and books'),
  fields: [
    tenThousandYuan('equip_value', '教学仪器设备资产值 (账面原值)', 'Teaching equipment at book value', {
      ...required,
      ...perPupil('0', '2'),
    }),
    flag('lab_standard', '实验仪器达标', 'Laboratory equipment meets the standard'),
    whole('台')('computers', '计算机数', 'Computers', { ...required, ...perHundredPupils('0', '60') }),
    whole('台')('teach_computers', '教学用计算机数', 'Computers for teaching', required),
    whole('册')('books', '图书', 'Books', { ...required, ...perPupil('0', '150') }),
  ],
};

export const funding: FormSection = {
  id: 'funding',
  title: words('经费', 'Funding'),
  fields: [
    tenThousandYuan('fund_budget', '公用经费预算', 'Public funds, budget'),
    tenThousandYuan('fund_actual', '公用经费决算', 'Public funds, spent'),
    tenThousandYuan('train_fund', '教师培训经费', 'Teacher training funds'),
  ],
};

/** What the checks of 教育事业统计 ask for beside the figures. */
export const profile: FormSection = {
  id: 'profile',
  title: words('学校概况', 'The school'),
  fields: [
    year('founded', '建校年份', 'Year founded'),
    text('address', '地址', 'Address', { format: 'address' }),
    flag('campus_network', '有校园网', 'Campus network'),
    text('website', '网址', 'Website', { format: 'website' }),
    whole('Mbps')('bandwidth', '接入互联网出口带宽', 'Internet bandwidth'),
    flag('toilets', '有厕所', 'Toilets'),
    persons('guards', '安全保卫人员', 'Security guards'),
    persons('medical_checks', '体检学生数', 'Pupils with a medical check'),
  ],
};
