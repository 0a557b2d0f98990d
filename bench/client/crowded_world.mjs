// crowded_world: what the measuring and the picture-taking scripts start from: a server of its own on a
// free port, simulated people in a world, and a page of Debian's Chromium inside it.
//
// FLUX_BINARY names the server (build/flux), CHROMIUM the browser (/usr/bin/chromium).
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';

const BINARY = process.env['FLUX_BINARY'] ?? resolve(import.meta.dirname, '../../build/flux');
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
// Shaders compile on the processor where there is no graphics card.
const PATIENCE_MS = 180_000;

const ended = (child) =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done();
    else child.once('exit', done);
  });

async function stop(child) {
  child.kill('SIGTERM');
  await ended(child);
}

async function startServer(folder) {
  const flags = ['--listen', '127.0.0.1:0', '--data', folder, '--no-address-limits'];
  const child = spawn(BINARY, ['serve', ...flags, '--drain-seconds', '1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`${BINARY} serve ended with ${code}`)));
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
      if (text.includes('\n')) done(JSON.parse(text.slice(0, text.indexOf('\n'))).url);
    });
  });
  return { child, url };
}

function startSwarm(url, { world, people, moving, seed }) {
  const flags = ['--url', url, '--world', world, '--clients', `${people}`, '--seconds', '3600'];
  const shares = ['--moving', `${moving}`, '--seed', `${seed}`, '--check', '1'];
  return spawn(BINARY, ['swarm', ...flags, ...shares], { stdio: 'ignore' });
}

/** What the document's answer says so that the page's clock counts 5 µs, not 100. */
async function isolate(page) {
  const answer = async (route) => {
    const response = await route.fetch();
    const headers = {
      ...response.headers(),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    };
    await route.fulfill({ response, headers });
  };
  // A worker of such a page must say the same of itself.
  await page.route(/\/w\/|doll_worker/, answer);
}

/**
 * Starts a server with `people` in `world` and a browser, and calls `visit(page, url)` with a page that
 * has been nowhere yet. `prepare` ([[function, argument], ...]) runs in the page before anything else does,
 * `settings` are the visitor's own, `device` what Playwright says of a device (hasTouch, isMobile, locale),
 * `debuggingPort` where others may speak to the browser, `isPainted` false when no picture is wanted.
 */
export async function besideCrowd(options, visit) {
  const { world = 'plaza', people = 0, moving = 0.4, seed = 1, viewport, settings } = options;
  const { prepare = [], device = {}, debuggingPort, isPainted = true } = options;
  const folder = mkdtempSync(join(tmpdir(), 'flux-crowd-'));
  const server = await startServer(folder);
  const swarm = people > 0 ? startSwarm(server.url, { world, people, moving, seed }) : null;
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      // A document answered by route() comes from nowhere, and nowhere may not call this machine.
      '--disable-features=LocalNetworkAccessChecks',
      ...(debuggingPort ? [`--remote-debugging-port=${debuggingPort}`] : []),
      // A card of endless speed: neither the page nor a worker's canvas is painted.
      ...(isPainted ? [] : ['--disable-gl-drawing-for-tests']),
    ],
  });
  try {
    const page = await browser.newPage({ viewport, locale: 'en-GB', ...device });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => console.error(`in the page: ${error.message}`));
    await isolate(page);
    await page.addInitScript((own) => {
      localStorage.setItem('flux.settings', JSON.stringify(own));
    }, settings);
    for (const script of prepare) await page.addInitScript(...script);
    return await visit(page, `${server.url}/w/${world}`);
  } finally {
    await browser.close();
    if (swarm) await stop(swarm);
    await stop(server.child);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Through the door, until everybody is known. */
export async function enter(page, people = 0) {
  await page.locator('input[autocomplete=nickname]').fill('Ada');
  await page.locator('button[type=submit]').click();
  await page.waitForFunction(() => window.flux?.ready && window.flux.self);
  await page.waitForFunction((count) => window.flux.peers().length >= count, people);
}

/** As besideCrowd, but `visit(page)` begins inside. */
export const inCrowdedWorld = (options, visit) =>
  besideCrowd(options, async (page, url) => {
    await page.goto(url);
    await enter(page, options.people);
    return visit(page);
  });
