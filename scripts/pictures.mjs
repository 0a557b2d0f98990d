// pictures: takes the product's own pictures: what a shared link shows (clients/web/public/og/*.png) and
// the README's (docs/pictures/plaza.png). Needs build/flux, Chromium, and Debian's pngquant.
//
//   node scripts/pictures.mjs [name ...]
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inCrowdedWorld } from '../bench/client/crowded_world.mjs';
import { pose } from './shots/pose.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const CARD = { width: 1200, height: 630 };

// Where the camera looks from the world's arrival: degrees, yaw as its spawns have it, pitch upwards; `back`
// is how far the wheel is turned, which lifts the eye over those in front.
const FROM_ARRIVAL = { yaw: 0, pitch: -8, back: 220 };

const PICTURES = {
  plaza: {
    file: 'clients/web/public/og/plaza.png',
    world: 'plaza',
    viewport: CARD,
    bytesMax: 300_000,
    seed: 4,
    ...FROM_ARRIVAL,
  },
  garden: {
    file: 'clients/web/public/og/garden.png',
    world: 'garden',
    viewport: CARD,
    bytesMax: 300_000,
    seed: 2,
    ...FROM_ARRIVAL,
    back: 500,
  },
  gallery: {
    file: 'clients/web/public/og/gallery.png',
    world: 'gallery',
    viewport: CARD,
    bytesMax: 300_000,
    seed: 5,
    people: 16,
    ...FROM_ARRIVAL,
    back: 300,
  },
  readme: {
    file: 'docs/pictures/plaza.png',
    world: 'plaza',
    viewport: { width: 1280, height: 720 },
    bytesMax: 600_000,
    seed: 4,
    ...FROM_ARRIVAL,
  },
};

const HIDE_ALL_BUT_THE_WORLD = `
  .inside > :not(.world-view), .labels { visibility: hidden !important; }
`;

async function take(picture) {
  const { world, viewport, seed, people = 40 } = picture;
  const settings = { quality: 'high', cameraSmoothing: 0, fieldOfView: picture.fieldOfView ?? 55 };
  const options = { world, people, seed, moving: 0.35, viewport, settings };
  return inCrowdedWorld(options, async (page) => {
    await page.addStyleTag({ content: HIDE_ALL_BUT_THE_WORLD });
    await pose(page, picture);
    await page.mouse.move(picture.viewport.width / 2, picture.viewport.height / 2);
    await page.mouse.wheel(0, picture.back);
    // The others walk from where they arrived to their places, and shadows and names settle.
    await page.waitForTimeout(15_000);
    await page.evaluate(() => window.flux.emote('wave'));
    await page.waitForTimeout(900);
    return page.screenshot({ timeout: 120_000 });
  });
}

/** Fewer colours until it is small enough. */
function packed(png, bytesMax) {
  for (const colours of [256, 192, 128, 96, 64]) {
    const flags = ['--strip', '--speed', '1', `${colours}`, '-'];
    const smaller = execFileSync('pngquant', flags, { input: png, maxBuffer: 1 << 25 });
    if (smaller.length < bytesMax) return smaller;
  }
  throw new Error(`no picture of 64 colours is under ${bytesMax} bytes`);
}

const wanted = process.argv.slice(2);
for (const [name, picture] of Object.entries(PICTURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const png = packed(await take(picture), picture.bytesMax);
  const file = resolve(ROOT, process.env['PICTURES_DIR'] ?? '', picture.file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, png);
  console.log(`${picture.file}: ${png.length} bytes`);
}
