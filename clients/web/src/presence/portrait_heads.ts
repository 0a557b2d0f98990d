// portrait_heads: what is on a head, drawn flat in a square of 48. The numbers are those of the look's
// `head`. Hair has the hair's colour, hats the accent's, hoods the top's.

export interface PortraitHead {
  /** Behind the face. */
  readonly back?: string;
  /** Over the forehead. */
  readonly front?: string;
  readonly fill: 'hair' | 'accent' | 'top' | 'straw';
  /** A band, a tassel, the inside of ears: drawn last, in the accent's colour or a light one. */
  readonly trim?: string;
}

const PARTED = 'M12 25c-1-9 5-13.5 12-13.5S37 16 36 25c-4-1-9-4-12-9-3 5-8 8-12 9z';
const SWEPT = 'M11.5 26c-1-10 5-15 13-15s13 5 12 14.5c-2-4-4-6-7-7-4 3-11 4-18 7.5z';

export const PORTRAIT_HEADS: readonly PortraitHead[] = [
  { fill: 'hair', front: SWEPT },
  {
    fill: 'hair',
    back: 'M10 35V23C10 14 16 10 24 10s14 4 14 13v12z',
    front: 'M12 24c1-8 5-11.5 12-11.5S35 16 36 24c-6-3-18-3-24 0z',
  },
  { fill: 'hair', back: 'M9 44V23C9 14 16 10 24 10s15 4 15 13v21z', front: PARTED },
  {
    fill: 'hair',
    back: 'M24 4a17 17 0 1 1 0 34 17 17 0 0 1 0-34z',
    front: 'M13 23c1-6 5-9 11-9s10 3 11 9c-6-4-16-4-22 0z',
  },
  { fill: 'hair', back: 'M24 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z', front: PARTED },
  { fill: 'hair', back: 'M33 14c9 0 10 13 6 22-4-2-5-9-6-14z', front: SWEPT },
  {
    fill: 'hair',
    front: 'M12 24c-2-6 0-10 2-13l4 3 2-7 4 5 4-7 2 7 4-2c4 4 3 10 2 14-4-5-20-5-24 0z',
  },
  {
    fill: 'hair',
    front:
      'M11 25a4.5 4.5 0 0 1 1-8 5 5 0 0 1 6-5 5 5 0 0 1 9-1 5 5 0 0 1 7 4 4.5 4.5 0 0 1 3 9c-6-6-20-6-26 1z',
  },
  {
    fill: 'hair',
    back: 'M9 24c-3 5-2 12 1 18h4V24zM39 24c3 5 2 12-1 18h-4V24z',
    front: PARTED,
    trim: 'M9 38h5.5v3H9zM33.5 38H39v3h-5.5z',
  },
  { fill: 'accent', front: 'M11 22c0-9 6-13 13-13s13 4 13 13zM24 19h17c1.5 2 0 4-2 4H24z' },
  {
    fill: 'accent',
    front: 'M11 22c0-9 6-13 13-13s13 4 13 13z',
    trim: 'M10.5 19h27v5h-27zM24 4a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z',
  },
  {
    fill: 'straw',
    front:
      'M14 18C14 9 18 6 24 6s10 3 10 12c8 .5 11 2 11 3.5 0 2-9 2.5-21 2.5S3 23.5 3 21.5C3 20 6 18.5 14 18z',
    trim: 'M14 15h20v3.5H14z',
  },
  {
    fill: 'accent',
    back: 'M9 42V23C9 13 16 8 24 8s15 5 15 15v19z',
    front: 'M12 27C10 15 16 10 24 10s14 5 12 17c-2-7-6-10-12-10s-10 3-12 10z',
  },
  {
    fill: 'accent',
    front: 'M6 21c5-2 9-3 10-4L25 1l7 16c1 1 5 2 10 4 1 2-8 3-18 3S5 23 6 21z',
    trim: 'M15.5 17h17v3h-17z',
  },
  {
    fill: 'top',
    back: 'M11 13L10 3l10 6zM37 13l1-10-10 6zM24 9c9 0 15 6 15 15s-6 15-15 15S9 33 9 24 15 9 24 9z',
    front: 'M12 27C10 15 16 10 24 10s14 5 12 17c-2-7-6-10-12-10s-10 3-12 10z',
  },
  { fill: 'hair', front: 'M12 23c0-8 5-12 12-12s12 4 12 12c-2-3-4-4-6-5H18c-2 1-4 2-6 5z' },
];
