// views: what the contact sheet shows. Each visit is one server, one browser and one way in; its views are
// taken one after the other.
import { lookTowards, pose } from './pose.mjs';

export const DESKTOP = { width: 1280, height: 720 };
const PORTRAIT = { width: 390, height: 844 };
const LANDSCAPE = { width: 844, height: 390 };
const PHONE = { hasTouch: true, isMobile: true, deviceScaleFactor: 1 };

const press = (key) => (page) => page.keyboard.press(key);
const closing = (key, act) => async (page) => {
  await page.keyboard.press('Escape');
  await page.locator('canvas').first().focus();
  await act(page, key);
};
/** Opens what a key opens, with everything else closed. */
const panel = (key) => closing(key, (page) => page.keyboard.press(key));
const at = (place) => (page) => pose(page, place);

/** Someone who stands still, two metres off, seen from the front. */
async function face(page) {
  const near = await page.evaluate(() => {
    const { x, z } = window.flux.self;
    const away = (one) => Math.hypot(one.x - x, one.z - z);
    const still = window.flux.peers().filter((one) => one.pose !== 1 && one.pose !== 2);
    return still.sort((a, b) => away(a) - away(b))[0];
  });
  const turn = near.yaw * Math.PI * 2;
  const [x, z] = [near.x - Math.sin(turn) * 2.2, near.z - Math.cos(turn) * 2.2];
  await page.evaluate(([toX, toZ]) => window.flux.walkTo(toX, toZ).catch(() => {}), [x, z]);
  await page.keyboard.press('v');
  await lookTowards(page, (near.yaw * 360 + 180) % 360, -4);
}

export const VISITS = [
  {
    world: 'plaza',
    people: 40,
    viewport: DESKTOP,
    settings: { quality: 'high', cameraSmoothing: 0, fieldOfView: 60 },
    door: [{ name: 'entry' }],
    views: [
      { name: 'arrival' },
      { name: 'fountain', act: at({ way: [[3, 4]], yaw: 20, pitch: -8 }) },
      { name: 'stage', act: at({ way: [[-5, 2]], yaw: 40, pitch: -4 }) },
      { name: 'portal', act: at({ way: [[3, -5]], yaw: -10, pitch: 2 }) },
      { name: 'face', act: face },
      { name: 'people', act: panel('p') },
      { name: 'settings', act: panel('o') },
      { name: 'help', act: panel('?') },
      { name: 'photo', act: panel('c') },
    ],
  },
  {
    world: 'plaza',
    people: 200,
    viewport: DESKTOP,
    settings: { quality: 'high', cameraSmoothing: 0, fieldOfView: 60 },
    views: [
      { name: 'crowd', act: at({ yaw: 0, pitch: -12 }) },
      {
        name: 'chat',
        act: async (page) => {
          await page.evaluate(() => window.flux.say('Hello everyone! https://flux.example/w/plaza', 'all'));
          await page.keyboard.press('Enter');
          await page.keyboard.type('See you at the stage?');
        },
      },
    ],
  },
  {
    world: 'plaza',
    people: 40,
    viewport: DESKTOP,
    settings: { quality: 'low', cameraSmoothing: 0, fieldOfView: 60 },
    views: [{ name: 'low' }],
  },
  {
    world: 'gallery',
    people: 12,
    viewport: DESKTOP,
    settings: { quality: 'high', cameraSmoothing: 0, fieldOfView: 60 },
    views: [{ name: 'gallery' }],
  },
  {
    world: 'garden',
    people: 20,
    viewport: DESKTOP,
    settings: { quality: 'high', cameraSmoothing: 0, fieldOfView: 60, language: 'ko' },
    door: [{ name: 'entry-korean' }],
    views: [{ name: 'dusk' }, { name: 'people-korean', act: press('p') }],
  },
  {
    world: 'plaza',
    people: 20,
    viewport: PORTRAIT,
    device: PHONE,
    settings: { quality: 'auto', cameraSmoothing: 0 },
    door: [{ name: 'phone-entry' }],
    views: [
      { name: 'phone' },
      { name: 'phone-people', act: press('p') },
      {
        name: 'phone-landscape',
        act: async (page) => {
          await page.keyboard.press('Escape');
          await page.setViewportSize(LANDSCAPE);
        },
      },
    ],
  },
  {
    world: 'nowhere',
    viewport: DESKTOP,
    settings: {},
    door: [{ name: 'no-such-world' }],
    views: [],
  },
];
