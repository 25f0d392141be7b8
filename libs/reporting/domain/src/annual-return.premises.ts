import type { FormSection } from '@junheng/reporting-contract';
import {
  areaList,
  counted,
  flag,
  metres,
  perHundredPupils,
  perPupil,
  required,
  rooms,
  squareMetres,
  whole,
  words,
} from './form-fields.js';

/** 教学及辅助用房 by kind; the statistics count 体育馆 among them. */
export const teachingAreas = ['room_area', 'lab_area', 'library_area', 'pc_area', 'lang_area', 'gym_area'] as const;
/** 校舍 by use. */
export const floorAreas = ['teach_area', 'office_area', 'living_area', 'other_area'] as const;

export const premises: FormSection = {
  id: 'premises',
  title: words('校舍与场地', 'Premises'),
  fields: [
    squareMetres('land', '占地面积', 'Land', { ...required, ...perPupil('5', '100') }),
    squareMetres('floor_total', '校舍建筑面积', 'Floor area of all buildings', required),
    squareMetres('teach_area', '教学及辅助用房面积', 'Teaching and auxiliary rooms', {
      ...required,
      ...perPupil('1', '20'),
    }),
    squareMetres('room_area', '教室面积', 'Classrooms'),
    squareMetres('lab_area', '实验室面积', 'Laboratories'),
    squareMetres('library_area', '图书室面积', 'Library'),
    squareMetres('pc_area', '微机室面积', 'Computer rooms'),
    squareMetres('lang_area', '语音室面积', 'Language laboratories'),
    squareMetres('gym_area', '体育馆面积', 'Gymnasium'),
    squareMetres('office_area', '行政办公用房面积', 'Offices'),
    squareMetres('living_area', '生活用房面积', 'Living quarters'),
    squareMetres('other_area', '其他用房面积', 'Other buildings'),
    squareMetres('sports_ground', '运动场地面积', 'Sports grounds', { ...required, ...perPupil('0', '40') }),
    squareMetres('indoor_sports', '室内体育用房面积', 'Indoor sports rooms', required),
    flag('off_campus_contract', '有校外体育场馆租用合同', 'Off-campus sports venue under contract'),
    squareMetres('off_campus_sports', '校外体育场馆面积', 'Off-campus sports venue'),
    squareMetres('green', '绿化面积', 'Green area', {
      ...required,
      warn: { below: '0', above: '60', per: ['land'], times: '100' },
    }),
    whole('张')('beds', '床位数', 'Beds'),
    squareMetres('dorm_area', '学生宿舍面积', 'Dormitories'),
    squareMetres('canteen', '食堂面积', 'Canteen'),
  ],
};

export const functionRooms: FormSection = {
  id: 'function-rooms',
  title: words('功能室与体育设施', 'Function rooms and sports facilities'),
  fields: [
    rooms('rooms', '教室及功能室总间数', 'Teaching rooms of every kind'),
    areaList('music_rooms', '音乐专用教室面积 (逐间)', 'Area of each music room'),
    areaList('art_rooms', '美术专用教室面积 (逐间)', 'Area of each art room'),
    rooms('multimedia', '网络多媒体教室', 'Networked multimedia classrooms', {
      ...required,
      ...perHundredPupils('0', '6'),
    }),
    rooms('labs_phys', '物理实验室', 'Physics laboratories'),
    rooms('labs_chem', '化学实验室', 'Chemistry laboratories'),
    rooms('labs_bio', '生物实验室', 'Biology laboratories'),
    rooms('labs_science', '科学实验室', 'Science laboratories'),
    rooms('pc_rooms', '计算机教室', 'Computer rooms'),
    rooms('equip_rooms', '体音美器材设备室', 'Equipment rooms'),
    metres('track_m', '环形跑道长度', 'Running track'),
    metres('straight_m', '直跑道长度', 'Straight track'),
    counted('courts', '球场数', 'Ball courts'),
  ],
};
