// pose: puts the person with the camera somewhere and has them look somewhere.

// Radians of the camera for each pixel of a drag, as in movement/follow_camera.ts.
const TURN_PER_PIXEL = 0.0042;

const radians = (degrees) => (degrees * Math.PI) / 180;

/** Turns the camera: degrees, yaw as a world's spawns have it, pitch upwards. */
export async function lookTowards(page, yaw, pitch = -10) {
  const eye = await page.evaluate(() => window.flux.eye);
  const from = eye.yaw * Math.PI * 2;
  const turn = Math.atan2(Math.sin(from - radians(yaw)), Math.cos(from - radians(yaw)));
  const drag = [turn / TURN_PER_PIXEL, (eye.pitch - radians(pitch)) / TURN_PER_PIXEL];
  await page.evaluate(([dx, dy]) => window.flux.look(dx, dy), drag);
}

/** Walks along `way`; the last stretch should be towards the eye when the face is to be seen. */
export async function pose(page, { way = [], yaw, pitch }) {
  for (const [x, z] of way) {
    await page.evaluate(([toX, toZ]) => window.flux.walkTo(toX, toZ).catch(() => {}), [x, z]);
  }
  await lookTowards(page, yaw, pitch);
  if (way.length === 0) return;
  const [x, z] = way.at(-1);
  const self = await page.evaluate(() => window.flux.self);
  if (Math.hypot(self.x - x, self.z - z) > 1) throw new Error(`something stood in the way to ${x}, ${z}`);
}
