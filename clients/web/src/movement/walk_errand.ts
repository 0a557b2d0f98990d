// walk_errand: walking to a place by itself. Straight on, and along the wall for a while when there is
// one; gives up when it gets no nearer.

import type { Wish } from './walking_body.ts';

const ARRIVED_METRES = 0.35;
const STUCK_SECONDS = 5;
const SIDESTEP_SECONDS = 0.9;
/** Directions tried one after the other when blocked, in radians off the straight line. */
const DETOURS = [0.9, -0.9, 1.5, -1.5, 2.2, -2.2] as const;

export class WalkErrand {
  private readonly x: number;
  private readonly z: number;
  private best = Infinity;
  private sinceBetter = 0;
  private sinceMoved = 0;
  private detour = -1;
  private detourLeft = 0;
  private readonly settle: { resolve: () => void; reject: (reason: Error) => void };
  readonly finished: Promise<void>;

  constructor(x: number, z: number) {
    this.x = x;
    this.z = z;
    let settle: typeof this.settle | undefined;
    this.finished = new Promise((resolve, reject) => {
      settle = { resolve, reject };
    });
    this.settle = settle ?? { resolve: () => {}, reject: () => {} };
  }

  interrupt(): void {
    this.settle.reject(new Error('The walk was interrupted.'));
  }

  /** The next wish, or null when the errand is over. `moved`: metres a second really made. */
  next(x: number, z: number, moved: number, speed: number, delta: number): Wish | null {
    const [dx, dz] = [this.x - x, this.z - z];
    const left = Math.hypot(dx, dz);
    if (left < ARRIVED_METRES) {
      this.settle.resolve();
      return null;
    }
    this.sinceBetter += delta;
    if (left < this.best - 0.1) {
      this.best = left;
      this.sinceBetter = 0;
    }
    if (this.sinceBetter > STUCK_SECONDS) {
      this.settle.reject(new Error('There is no way through.'));
      return null;
    }
    this.watchWalls(moved, speed, delta);
    const turn = this.detourLeft > 0 ? (DETOURS[this.detour % DETOURS.length] ?? 0) : 0;
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const pace = Math.min(speed, Math.max(1, left * 2.5)) / left;
    return { x: (dx * c - dz * s) * pace, z: (dx * s + dz * c) * pace, jump: false };
  }

  private watchWalls(moved: number, speed: number, delta: number): void {
    this.detourLeft -= delta;
    this.sinceMoved = moved < speed * 0.35 ? this.sinceMoved + delta : 0;
    if (this.sinceMoved < 0.35) return;
    this.sinceMoved = 0;
    this.detour++;
    this.detourLeft = SIDESTEP_SECONDS * (1 + Math.floor(this.detour / DETOURS.length));
  }
}
