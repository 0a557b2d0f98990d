// take: takes the views of views.mjs and puts them on one sheet: build/shots/NAME.png and sheet.png.
//
//   FLUX_BINARY=build/flux node scripts/shots/take.mjs [name ...]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { besideCrowd, enter } from '../../bench/client/crowded_world.mjs';
import { VISITS } from './views.mjs';

const FOLDER = resolve(import.meta.dirname, '../../build/shots');
/** Pictures come seconds apart where the processor draws them. */
const SETTLE_MS = 6000;
const COLUMNS = 4;
const TILE = { width: 480, height: 300 };

const wanted = process.argv.slice(2);
const isWanted = ({ name }) => wanted.length === 0 || wanted.includes(name);

async function shoot(page, { name, act }) {
  if (act) await act(page);
  await page.waitForTimeout(SETTLE_MS);
  const file = join(FOLDER, `${name}.png`);
  writeFileSync(file, await page.screenshot({ timeout: 120_000 }));
  const scene = await page.evaluate(() => window.flux?.scene ?? null);
  const cost = scene ? `  ${scene.drawCalls} draw calls, ${scene.triangles} triangles` : '';
  console.log(`${name}${cost}`);
}

/** A view that fails is told and left out; the others are still taken. */
async function tryShoot(page, view) {
  try {
    await shoot(page, view);
  } catch (error) {
    console.error(`${view.name}: ${error.message}`);
    process.exitCode = 1;
  }
}

async function visit({ door = [], views, people, ...options }) {
  if (![...door, ...views].some(isWanted)) return;
  await besideCrowd({ people, ...options }, async (page, url) => {
    await page.goto(url);
    for (const view of door.filter(isWanted)) await tryShoot(page, view);
    const inside = views.filter(isWanted);
    if (inside.length > 0) await enter(page, people);
    for (const view of inside) await tryShoot(page, view);
  });
}

const tile = (name) => {
  const picture = readFileSync(join(FOLDER, `${name}.png`)).toString('base64');
  return `<figure><img src="data:image/png;base64,${picture}"><figcaption>${name}</figcaption></figure>`;
};

async function sheet() {
  const order = VISITS.flatMap(({ door = [], views }) => [...door, ...views]).map(({ name }) => name);
  const there = new Set(readdirSync(FOLDER).map((file) => file.replace(/\.png$/, '')));
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: { width: COLUMNS * TILE.width, height: 600 } });
  await page.setContent(`<style>
    body { margin: 0; display: grid; grid-template-columns: repeat(${COLUMNS}, 1fr); background: #3a2e52; }
    figure { margin: 4px; } figcaption { color: #fff4e3; font: 14px sans-serif; }
    img { width: 100%; height: ${TILE.height - 30}px; object-fit: contain; background: #000; }
  </style>${order.filter((name) => there.has(name)).map(tile).join('')}`);
  await page.screenshot({ path: join(FOLDER, 'sheet.png'), fullPage: true });
  await browser.close();
}

mkdirSync(FOLDER, { recursive: true });
for (const one of VISITS) await visit(one);
await sheet();
