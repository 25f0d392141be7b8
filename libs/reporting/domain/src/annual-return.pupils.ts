import type { FormField, FormSection } from '@junheng/reporting-contract';
import { between, classes, forEachStage, persons, required, wholeList, words } from './form-fields.js';

const senior: FormField['stages'] = ['senior'];

export const pupils: FormSection = {
  id: 'pupils',
  title: words('学生', 'Pupils'),
  fields: [
    ...forEachStage(({ grades }) => [
      persons('enrol', '在校生数', 'Pupils enrolled', { ...required, ...between('1', '4000') }),
      ...grades.map((grade) =>
        persons(`g${grade}`, `${grade}年级学生数`, `Pupils in grade ${grade}`, { ...required, ...between('0', '600') }),
      ),
      persons('boarding', '寄宿生数', 'Boarders'),
      persons('migrant', '随迁子女', 'Children of migrant workers'),
      persons('left_behind', '留守儿童', 'Left-behind children'),
      persons('disabled', '随班就读', 'Pupils with disabilities in regular classes'),
      persons('in_catchment', '划片内学生数', 'Pupils from the catchment area'),
      persons('new', '招生数', 'Pupils admitted this year'),
      persons('grad', '毕业生数', 'Graduates of last school year'),
    ]).map((each) => (each.id === 's_enrol' ? { ...each, required: true, stages: senior } : each)),
    ...(
      [
        ['j_entrants', '初中三年前招生数', 'Junior entrants three years ago'],
        ['j_transfers_in', '初中三年内转入', 'Junior transfers in over three years'],
        ['j_transfers_out', '初中三年内转出', 'Junior transfers out over three years'],
        ['j_deaths', '初中三年内死亡', 'Junior deaths over three years'],
      ] as const
    ).map(([id, zh, en]) => persons(id, zh, en, { stages: ['junior'] })),
  ],
};

export const classSizes: FormSection = {
  id: 'classes',
  title: words('班级', 'Classes'),
  fields: forEachStage(({ grades, regularClass }) => [
    classes('classes', '教学班数', 'Classes', { ...required, ...between('1', '80') }),
    ...grades.map((grade) => classes(`classes_g${grade}`, `${grade}年级教学班数`, `Classes of grade ${grade}`)),
    wholeList('人')('class_sizes', '每班人数', 'Pupils of each class', { ...required, ...between('1', '70') }),
    classes(`over${regularClass}`, `超过${regularClass}人的班数`, `Classes of more than ${regularClass}`),
    classes('big56', '大班额班数 (56–65人)', 'Big classes (56 to 65 pupils)'),
    classes('huge66', '超大班额班数 (66人及以上)', 'Huge classes (66 pupils and more)'),
  ]),
};
