import type { FormSection } from '@junheng/reporting-contract';
import { flag, forEachStage, persons, required, words } from './form-fields.js';

export const qualifications = ['phd', 'master', 'bachelor', 'college', 'below'] as const;
export const titles = ['senior', 'mid', 'junior', 'none'] as const;
export const subjects = ['pe', 'music', 'art', 'arts'] as const;

const qualificationWords = {
  phd: words('博士', 'doctorate'),
  master: words('硕士', "master's degree"),
  bachelor: words('本科', "bachelor's degree"),
  college: words('专科', 'college diploma'),
  below: words('高中及以下', 'senior secondary or less'),
};
const titleWords = {
  senior: words('高级', 'senior'),
  mid: words('中级', 'intermediate'),
  junior: words('初级', 'junior'),
  none: words('未定职级', 'no'),
};
const subjectWords = {
  pe: words('体育', 'Physical education'),
  music: words('音乐', 'Music'),
  art: words('美术', 'Fine art'),
  arts: words('艺术', 'Arts'),
};

/** Teachers are reported by stage, not split: a nine-year school knows who teaches where. */
export const teachers: FormSection = {
  id: 'teachers',
  title: words('教师', 'Teachers'),
  fields: [
    ...forEachStage(({ prefix }) => [
      persons('staff', '教职工数', 'Staff'),
      persons('ft_teachers', '专任教师数', 'Full-time teachers', {
        ...required,
        warn: { below: '0.03', above: '0.20', per: [`${prefix}_enrol`] },
      }),
      ...qualifications.map((each) =>
        persons(
          `t_${each}`,
          `专任教师学历: ${qualificationWords[each].zh}`,
          `Teachers with ${qualificationWords[each].en}`,
          required,
        ),
      ),
      ...titles.map((each) =>
        persons(
          `t_title_${each}`,
          `专任教师职称: ${titleWords[each].zh}`,
          `Teachers with ${titleWords[each].en} title`,
          required,
        ),
      ),
      persons('t_backbone', '县级及以上骨干教师数', 'Backbone teachers of county level or above', required),
      ...subjects.map((each) =>
        persons(`t_${each}`, `${subjectWords[each].zh}专任教师数`, `${subjectWords[each].en} teachers`, required),
      ),
      ...subjects.map((each) =>
        persons(
          `t_visiting_${each}`,
          `走教、兼职、交流${subjectWords[each].zh}教师数`,
          `Visiting teachers: ${subjectWords[each].en}`,
        ),
      ),
      persons('t_cert', '持教师资格证上岗的专任教师数', 'Certified teachers'),
      persons('t_train360', '5年培训满360学时的专任教师数', 'Teachers with 360 hours of training in 5 years'),
    ]),
    flag('visiting_counted', '50–99人的乡村学校计入走教教师', 'Visiting teachers counted (rural, 50 to 99 pupils)'),
  ],
};
