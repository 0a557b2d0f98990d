// lettering: text as a texture: signs, labels over portals, letters without a board. Drawn with the
// page's own fonts, in the person's language.

import type { WorldText } from '@flux/sdk';
import { CanvasTexture, SRGBColorSpace } from 'three';

export type SceneLanguage = 'en' | 'ko';

export const wordsOf = (text: WorldText, language: SceneLanguage): string =>
  (language === 'ko' ? text.ko : undefined) ?? text.en;

export const LETTER_FONT =
  'Pretendard, "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", system-ui, sans-serif';
const PIXELS_PER_METRE = 288;
const PIXELS_MAX = 1280;

/** Lines that fit a width at a font size, breaking at spaces. */
export function wrapped(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && !fits(longer)) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}

export interface LetterStyle {
  readonly color: string;
  /** Behind the letters; absent: see-through. */
  readonly board?: string;
  /** About the letters, so that they can be read before anything. */
  readonly outline?: string;
}

/** The text centred in width by height metres, as large as fits. */
export function letterTexture(
  text: string,
  width: number,
  height: number,
  style: LetterStyle,
): CanvasTexture {
  const scale = Math.min(PIXELS_PER_METRE, PIXELS_MAX / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(16, Math.round(width * scale));
  canvas.height = Math.max(16, Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (context) drawLetters(context, text, style);
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 8;
  return texture;
}

/** How wide a line is, in its own height: asked of the browser once for all sizes. */
function measuring(context: CanvasRenderingContext2D): (line: string) => number {
  const SIZE = 100;
  const known = new Map<string, number>();
  context.font = `700 ${SIZE}px ${LETTER_FONT}`;
  return (line) => {
    const width = known.get(line) ?? context.measureText(line).width / SIZE;
    known.set(line, width);
    return width;
  };
}

function drawLetters(context: CanvasRenderingContext2D, text: string, style: LetterStyle): void {
  const { width, height } = context.canvas;
  if (style.board) {
    context.fillStyle = style.board;
    context.fillRect(0, 0, width, height);
  }
  const inner = width * 0.88;
  let size = height * 0.62;
  let lines = [text];
  const widthOf = measuring(context);
  for (; size > 8; size *= 0.92) {
    const fits = (line: string) => widthOf(line) * size <= inner;
    lines = wrapped(text, fits);
    if (lines.every(fits) && lines.length * size * 1.25 <= height * 0.86) break;
  }
  context.font = `700 ${size}px ${LETTER_FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  lines.forEach((line, i) => {
    const y = height / 2 + (i - (lines.length - 1) / 2) * size * 1.25;
    if (style.outline) {
      context.strokeStyle = style.outline;
      context.lineWidth = size * 0.22;
      context.strokeText(line, width / 2, y);
    }
    context.fillStyle = style.color;
    context.fillText(line, width / 2, y);
  });
}
