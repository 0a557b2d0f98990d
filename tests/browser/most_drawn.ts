import type { Person } from './person.ts';

export interface Drawn {
  readonly drawCalls: number;
  readonly triangles: number;
}

const QUARTERS = 4;

/** The most that any frame draws while one turns once round: among `people`, before the fountain. */
export const mostDrawn = async (ada: Person, people: number): Promise<Drawn> => {
  await ada.page.waitForFunction((known) => (window.flux?.peers().length ?? 0) >= known, people);
  await ada.walkTo(0.4, 10);
  const most = { drawCalls: 0, triangles: 0 };
  for (let quarter = 0; quarter < QUARTERS; quarter += 1) {
    const drawn = await ada.page.evaluate(async () => {
      const seen = { drawCalls: 0, triangles: 0 };
      for (let frame = 0; frame < 6; frame += 1) {
        await new Promise(requestAnimationFrame);
        const { drawCalls = 0, triangles = 0 } = window.flux?.scene ?? {};
        seen.drawCalls = Math.max(seen.drawCalls, drawCalls);
        seen.triangles = Math.max(seen.triangles, triangles);
      }
      window.flux?.look(350, 0);
      return seen;
    });
    most.drawCalls = Math.max(most.drawCalls, drawn.drawCalls);
    most.triangles = Math.max(most.triangles, drawn.triangles);
  }
  return most;
};
