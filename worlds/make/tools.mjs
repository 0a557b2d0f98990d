// tools: placing models, rounding and seeded scatter.

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
// The yaw of somebody at (x, z) who looks towards (toX, toZ): 0 is towards -z.
export const looking = (x, z, toX = 0, toZ = 0) => degrees(Math.atan2(x - toX, z - toZ));
// The middle of a model's +z side, `out` metres away, `aside` to its right: for what goes with it.
export function beside(x, z, yaw, out, aside = 0) {
  const turn = (yaw * Math.PI) / 180;
  return [x + out * Math.sin(turn) + aside * Math.cos(turn), z + out * Math.cos(turn) - aside * Math.sin(turn)];
}

// The objects of a world: models of the kits, each under its own id (fountain-1, lamp-7, ...).
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
  model(kit, name, x, z, turn = 0, { y = 0, scale, tint, walkThrough = false, castShadow } = {}) {
    const yaw = round(((((turn + 180) % 360) + 360) % 360) - 180);
    this.add(name, {
      kind: 'model',
      url: `/art/${kit}.glb#${name}`,
      position: rounded([x, y, z]),
      ...(yaw ? { rotation: [0, yaw, 0] } : {}),
      ...(scale === undefined ? {} : { scale: round(scale) }),
      ...(tint === undefined ? {} : { tint }),
      ...(walkThrough ? { collider: 'none' } : {}),
      ...(castShadow === undefined ? {} : { castShadow }),
    });
  }
  built(name, x, z, yaw, more) {
    this.model('built', name, x, z, yaw, more);
  }
  green(name, x, z, yaw, more) {
    this.model('green', name, x, z, yaw, more);
  }
  // What is far away is neither touched nor in the light's way.
  far(name, x, z, yaw, more = {}) {
    this.model('far', name, x, z, yaw, { walkThrough: true, castShadow: false, ...more });
  }
}
