// door_pictures: the pictures that the door shows behind itself and on its links to other worlds: each
// og/WORLD.png small and soft (og/WORLD.webp), some kilobytes instead of hundreds.
//
//   node scripts/door_pictures.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';

const FOLDER = resolve(import.meta.dirname, '../clients/web/public/og');
const SIZE = { width: 640, height: 336, blur: 1.6, quality: 0.62 };

/** Runs in a page: the browser has the scaling, the softening and the encoder. */
async function soften({ png, width, height, blur, quality }) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context.filter = `blur(${blur}px)`;
  // A little beyond the edges, or they would fade.
  context.drawImage(image, -6, -6, width + 12, height + 12);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(String.fromCharCode(...bytes));
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.png'))) {
  const png = readFileSync(join(FOLDER, name)).toString('base64');
  const webp = Buffer.from(await page.evaluate(soften, { png, ...SIZE }), 'base64');
  const file = name.replace(/\.png$/, '.webp');
  writeFileSync(join(FOLDER, file), webp);
  console.log(`${file}: ${webp.length} bytes`);
}
await browser.close();
