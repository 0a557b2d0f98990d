import type { LookCode } from '@flux/sdk';
import { decodeLook, LOOK_FIELDS } from '../people/look.ts';
import { PORTRAIT_HEADS, type PortraitHead } from './portrait_heads.ts';

const INK = '#3a2e52';
const STRAW = '#fbd98a';
const MILK = '#fff4e3';
const BLUSH = '#f5836e';
// Numbers of the look's `accessory` and `head`.
const GLASSES = 1;
const HEADPHONES = 2;
const BEARD = 8;
const BEARDED_HEAD = 13;

/** Somebody's face, drawn from their look: at once, wherever there is no room for the whole person. */
export const Portrait = ({ look }: { readonly look: LookCode }) => {
  const choices = decodeLook(look);
  const colour = (field: number): string =>
    LOOK_FIELDS[field]?.swatches?.[choices[field] ?? 0] ?? MILK;
  const skin = colour(1);
  const fills = { hair: colour(2), accent: colour(7), top: colour(4), straw: STRAW } as const;
  const head: PortraitHead = PORTRAIT_HEADS[choices[3] ?? 0] ?? { fill: 'hair' };
  const fill = fills[head.fill];
  return (
    <svg className="portrait" viewBox="0 0 48 48" aria-hidden="true">
      <rect width="48" height="48" fill={MILK} />
      <rect width="48" height="48" fill={fills.accent} opacity="0.45" />
      {head.back && <path d={head.back} fill={fill} />}
      <path d="M7 50c0-9 7-13 17-13s17 4 17 13z" fill={fills.top} />
      <rect x="12" y="14.5" width="24" height="23.5" rx="11" fill={skin} />
      <path
        d="M17 31h2M29 31h2"
        stroke={BLUSH}
        strokeWidth="3"
        strokeLinecap="round"
        opacity="0.5"
      />
      <path d="M18.5 26v2.5M29.5 26v2.5" stroke={INK} strokeWidth="3" strokeLinecap="round" />
      <path
        d="M21.5 31.5c1.5 2 3.5 2 5 0"
        fill="none"
        stroke={INK}
        strokeWidth="1.6"
        strokeLinecap="round"
      />
      {(choices[6] === BEARD || choices[3] === BEARDED_HEAD) && (
        <path
          d="M12.5 27c1.5 4 4 5 7 3.5h9c3 1.5 5.5.5 7-3.5 0 8-3 16-11.5 16S12.5 35 12.5 27z"
          fill={colour(2)}
        />
      )}
      {head.front && <path d={head.front} fill={fill} />}
      {head.trim && <path d={head.trim} fill={head.fill === 'straw' ? fills.accent : MILK} />}
      {choices[6] === GLASSES && (
        <path
          d="M22 27a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM33 27a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM22 27h4"
          fill="none"
          stroke={fills.accent}
          strokeWidth="1.8"
        />
      )}
      {choices[6] === HEADPHONES && (
        <path
          d="M11.5 24C10 7 38 7 36.5 24M11 24v5M37 24v5"
          fill="none"
          stroke={fills.accent}
          strokeWidth="3.4"
          strokeLinecap="round"
        />
      )}
    </svg>
  );
};
