import type { DemoFigures } from './steps.js';
import type { SolvedSchool } from './solve.js';

const STAGES = {
  primary: { prefix: 'p', grades: [1, 2, 3, 4, 5, 6], regular: 45 },
  junior: { prefix: 'j', grades: [7, 8, 9], regular: 50 },
} as const;

/** The largest schools overfill their classes, so that the demo has classes above the size to show. */
const LARGE = 1200;
const OVERFILLED_BY = 7;

/** A whole return that agrees with a made-up school's totals and with every check of the form. */
export function madeUpFigures(stage: keyof typeof STAGES, school: SolvedSchool): DemoFigures {
  const { prefix } = STAGES[stage];
  const shared = sharedFigures(stage, school);
  const own = { ...pupilFigures(stage, school), ...teacherFigures(stage, school) };
  return { ...Object.fromEntries(Object.entries(own).map(([id, figure]) => [`${prefix}_${id}`, figure])), ...shared };
}

function classesOf(stage: keyof typeof STAGES, { pupils }: SolvedSchool) {
  const { grades, regular } = STAGES[stage];
  const most = pupils > LARGE ? regular + OVERFILLED_BY : regular;
  return shares(pupils, grades.length).map((count, i) => {
    return { grade: grades[i] ?? 0, pupils: count, sizes: shares(count, Math.ceil(count / most)) };
  });
}

function pupilFigures(stage: keyof typeof STAGES, school: SolvedSchool): DemoFigures {
  const { regular } = STAGES[stage];
  const grades = classesOf(stage, school);
  const sizes = grades.flatMap((grade) => grade.sizes);
  return {
    enrol: String(school.pupils),
    ...Object.fromEntries(grades.map(({ grade, pupils }) => [`g${grade}`, String(pupils)])),
    new: String(grades[0]?.pupils ?? 0),
    classes: String(sizes.length),
    ...Object.fromEntries(grades.map(({ grade, sizes }) => [`classes_g${grade}`, String(sizes.length)])),
    class_sizes: sizes.map(String),
    [`over${regular}`]: String(sizes.filter((size) => size > regular).length),
    big56: String(sizes.filter((size) => size > 55).length),
    huge66: '0',
  };
}

function teacherFigures(stage: keyof typeof STAGES, school: SolvedSchool): DemoFigures {
  const { teachers, aboveQualification: above, midTitle } = school;
  const qualified = stage === 'primary' ? share(above, 0.45) : above;
  const titleSenior = share(midTitle, 0.25);
  const titleJunior = share(teachers - midTitle, 0.85);
  const numbers = {
    staff: teachers + Math.ceil(teachers / 12),
    ft_teachers: teachers,
    t_phd: 0,
    t_master: stage === 'primary' ? 0 : share(qualified, 0.06),
    t_bachelor: qualified - (stage === 'primary' ? 0 : share(qualified, 0.06)),
    t_college: stage === 'primary' ? above - qualified : teachers - above,
    t_below: stage === 'primary' ? teachers - above : 0,
    t_title_senior: titleSenior,
    t_title_mid: midTitle - titleSenior,
    t_title_junior: titleJunior,
    t_title_none: teachers - midTitle - titleJunior,
    t_backbone: share(teachers, 0.15),
    t_pe: share(teachers, 0.07),
    t_music: share(teachers, 0.04),
    t_art: share(teachers, 0.04),
    t_arts: 0,
    t_cert: teachers,
    t_train360: teachers,
  };
  return Object.fromEntries(Object.entries(numbers).map(([id, count]) => [id, String(count)]));
}

function sharedFigures(stage: keyof typeof STAGES, school: SolvedSchool): DemoFigures {
  const classes = classesOf(stage, school).reduce((sum, { sizes }) => sum + sizes.length, 0);
  const { pupils, rooms, sports } = school;
  // Hundredths of a square metre, as everything about areas here.
  const land = Math.max(Math.ceil(sports / 0.6), sports + rooms + 1000 * pupils);
  const special = Array.from({ length: Math.ceil(classes / 12) }, (_, i) => String(96 - 3 * (i % 2)));
  return {
    land: decimal(land, 2),
    floor_total: decimal(Math.ceil(rooms * 1.3), 2),
    teach_area: decimal(rooms, 2),
    sports_ground: decimal(sports, 2),
    indoor_sports: '0',
    green: decimal(Math.floor(land * 0.31), 2),
    rooms: String(classes + 6 + 2 * special.length),
    music_rooms: special,
    art_rooms: special,
    multimedia: String(classes),
    equip_value: decimal(school.equipment, 4),
    computers: String(school.computers),
    teach_computers: String(school.computers),
    books: String(school.books),
    toilets: true,
    guards: '2',
  };
}

/** A whole number in parts as even as can be. */
function shares(whole: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, i) => Math.floor((whole + i) / parts));
}

function share(whole: number, part: number): number {
  return Math.round(whole * part);
}

/** The canonical decimal text of so many units of 10^-places. */
function decimal(units: number, places: number): string {
  const digits = String(units).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
}
