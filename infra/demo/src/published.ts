/** The eight basic-balance indicators in their printed order: L1 to L8. */
export const indicators = [
  'rooms',
  'sports',
  'equipment',
  'computers',
  'books',
  'teachers',
  'aboveQualification',
  'midTitle',
] as const;
export type DemoIndicator = (typeof indicators)[number];

/** A county's printed figures for one stage, in the order of {@link indicators} and with the decimals of the print. */
export interface PublishedCounty {
  readonly county: string;
  readonly stage: 'primary' | 'junior';
  readonly means: readonly string[];
  readonly cvs: readonly string[];
  readonly composite: string;
}

/** `cases/published-cv.csv`: the tables that Anhui and Chongqing published. No source gives 綦江 junior. */
export const published: readonly PublishedCounty[] = [
  {
    county: '340103',
    stage: 'primary',
    means: ['3.042', '4.424', '1295.915', '8.296', '22.007', '0.049', '0.047', '0.030'],
    cvs: ['0.881', '1.299', '0.977', '0.379', '0.170', '0.334', '0.286', '0.408'],
    composite: '0.592',
  },
  {
    county: '340103',
    stage: 'junior',
    means: ['5.099', '5.831', '1393.56', '8.109', '30.609', '0.065', '0.057', '0.043'],
    cvs: ['0.353', '0.784', '0.146', '0.491', '0.037', '0.226', '0.223', '0.253'],
    composite: '0.314',
  },
  {
    county: '340104',
    stage: 'primary',
    means: ['3.733', '4.317', '1243.104', '12.263', '20.59', '0.044', '0.042', '0.026'],
    cvs: ['0.711', '0.649', '0.472', '0.338', '0.235', '0.274', '0.260', '0.396'],
    composite: '0.417',
  },
  {
    county: '340104',
    stage: 'junior',
    means: ['4.912', '7.202', '1780.346', '13.595', '28.506', '0.073', '0.066', '0.046'],
    cvs: ['0.505', '0.484', '0.325', '0.275', '0.199', '0.715', '0.421', '1.021'],
    composite: '0.493',
  },
  {
    county: '500101',
    stage: 'primary',
    means: ['3.55', '6.70', '1229', '11.15', '14.75', '0.054', '0.051', '0.037'],
    cvs: ['0.437', '0.419', '0.255', '0.188', '0.171', '0.263', '0.263', '0.420'],
    composite: '0.302',
  },
  {
    county: '500101',
    stage: 'junior',
    means: ['4.08', '8.24', '1603', '10.43', '21.54', '0.078', '0.072', '0.043'],
    cvs: ['0.381', '0.298', '0.264', '0.212', '0.207', '0.502', '0.445', '0.539'],
    composite: '0.356',
  },
  {
    county: '500114',
    stage: 'primary',
    means: ['5.33', '6.01', '1254', '9.63', '17.83', '0.059', '0.053', '0.023'],
    cvs: ['0.633', '0.891', '0.435', '0.328', '0.351', '0.391', '0.379', '0.541'],
    composite: '0.494',
  },
  {
    county: '500114',
    stage: 'junior',
    means: ['5.31', '9.10', '1631', '11.47', '20.99', '0.072', '0.060', '0.023'],
    cvs: ['0.808', '0.445', '0.537', '0.472', '0.492', '0.243', '0.272', '0.265'],
    composite: '0.442',
  },
  {
    county: '500116',
    stage: 'primary',
    means: ['4.34', '7.02', '1207', '12.20', '16.44', '0.055', '0.054', '0.025'],
    cvs: ['0.535', '0.478', '0.376', '0.354', '0.191', '0.264', '0.254', '0.369'],
    composite: '0.353',
  },
  {
    county: '500116',
    stage: 'junior',
    means: ['4.39', '8.24', '1395', '12.09', '27.43', '0.077', '0.069', '0.042'],
    cvs: ['0.319', '0.346', '0.187', '0.241', '0.154', '0.267', '0.250', '0.324'],
    composite: '0.261',
  },
  {
    county: '500118',
    stage: 'primary',
    means: ['3.49', '5.56', '961', '6.93', '14.69', '0.047', '0.046', '0.019'],
    cvs: ['0.696', '0.916', '0.819', '0.580', '0.450', '0.286', '0.285', '0.470'],
    composite: '0.562',
  },
  {
    county: '500118',
    stage: 'junior',
    means: ['4.81', '7.10', '1995', '9.44', '19.49', '0.085', '0.073', '0.045'],
    cvs: ['0.422', '0.491', '0.637', '0.409', '0.544', '0.298', '0.259', '0.449'],
    composite: '0.439',
  },
  {
    county: '500110',
    stage: 'primary',
    means: ['4.95', '8.09', '1114', '10.75', '12.07', '0.068', '0.064', '0.030'],
    cvs: ['0.568', '0.610', '0.201', '0.415', '0.267', '0.336', '0.324', '0.423'],
    composite: '0.393',
  },
];
