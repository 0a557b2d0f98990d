// tools: placing, rounding and seeded scatter.

// mulberry32 (public domain): scatter that is the same every time.
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const round = (value) => Math.round(value * 1000) / 1000 + 0;
export const rounded = (list) => list.map(round);
export const degrees = (radians) => round((radians * 180) / Math.PI);
// The rotation that turns a front (+z) at (x, z) towards (toX, toZ).
export const facing = (x, z, toX = 0, toZ = 0) => degrees(Math.atan2(toX - x, toZ - z));
export const turned = (yaw) => (yaw ? { rotation: [0, yaw, 0] } : {});

export const shape = (kind, size, position, material, more = {}) => ({
  kind,
  size: rounded(size),
  position: rounded(position),
  material,
  ...more,
});
export const passable = { collider: 'none' };
// What is small or far away needs no shadow of its own.
export const decor = { collider: 'none', castShadow: false };

export class World {
  constructor() {
    this.objects = [];
    this.counts = new Map();
  }
  add(name, object) {
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    this.objects.push({ id: `${name}-${count}`, ...object });
  }
  place(prefab, x, z, yaw = 0, more = {}) {
    const { y = 0, ...rest } = more;
    this.add(prefab, { kind: 'prefab', prefab, position: rounded([x, y, z]), ...turned(yaw), ...rest });
  }
}
