import type { Person } from './person.ts';
import { expect, test } from './test.ts';

const PEOPLE = 100;
const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 320, height: 240 } };

/** As with a graphics card that takes one piece a draw call. */
const hideMultiDraw = (): void => {
  const { prototype } = WebGL2RenderingContext;
  const get = prototype.getExtension as (name: string) => unknown;
  Object.assign(prototype, {
    getExtension(this: WebGL2RenderingContext, name: string) {
      return name === 'WEBGL_multi_draw' ? null : get.call(this, name);
    },
  });
};

/** The most that any frame draws while one turns once round. */
const mostDrawn = (ada: Person) =>
  ada.page.evaluate(async () => {
    const most = { drawCalls: 0, triangles: 0 };
    for (let quarter = 0; quarter < 4; quarter += 1) {
      for (let frame = 0; frame < 6; frame += 1) {
        await new Promise(requestAnimationFrame);
        const { drawCalls = 0, triangles = 0 } = window.flux?.scene ?? {};
        most.drawCalls = Math.max(most.drawCalls, drawCalls);
        most.triangles = Math.max(most.triangles, triangles);
      }
      window.flux?.look(350, 0);
    }
    return most;
  });

test(`on a phone that draws piece by piece a frame among ${PEOPLE} people keeps to the same budget`, async ({
  arrive,
  server,
}) => {
  server.fill(PEOPLE);
  const ada = await arrive('/w/plaza', { settings: {}, ...PHONE, prepare: hideMultiDraw });
  await ada.enter('Ada');
  await ada.page.waitForFunction((people) => (window.flux?.peers().length ?? 0) >= people, PEOPLE);
  await ada.walkTo(0.4, 10);
  const most = await mostDrawn(ada);
  test.info().annotations.push({ type: 'drawn', description: JSON.stringify(most) });
  expect(most.triangles, 'something is drawn').toBeGreaterThan(5000);
  expect(most.drawCalls).toBeLessThanOrEqual(60);
  expect(most.triangles).toBeLessThanOrEqual(50_000);
});
