import { expect, test } from './test.ts';

// The controls over a blank canvas are 20 kB of PNG, over the plaza 100 kB.
const PICTURE_BYTES = 60_000;

for (const quality of ['low', 'high'] as const) {
  test(`at ${quality} quality the world is seen`, async ({ arrive }) => {
    const ada = await arrive('/w/plaza', { settings: { quality } });
    await ada.enter('Ada');
    await ada.seesFrames(4);
    expect((await ada.page.screenshot()).length).toBeGreaterThan(PICTURE_BYTES);
  });
}
