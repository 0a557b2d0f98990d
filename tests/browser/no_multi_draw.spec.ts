import { mostDrawn } from './most_drawn.ts';
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

test(`on a phone that draws piece by piece a frame among ${PEOPLE} people keeps to the same budget`, async ({
  arrive,
  server,
}) => {
  server.fill(PEOPLE);
  const ada = await arrive('/w/plaza', { settings: {}, ...PHONE, prepare: hideMultiDraw });
  await ada.enter('Ada');
  const most = await mostDrawn(ada, PEOPLE);
  test.info().annotations.push({ type: 'drawn', description: JSON.stringify(most) });
  expect(most.triangles, 'something is drawn').toBeGreaterThan(5000);
  expect(most.drawCalls).toBeLessThanOrEqual(60);
  expect(most.triangles).toBeLessThanOrEqual(50_000);
});
