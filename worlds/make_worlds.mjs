// Makes plaza.json and garden.json beside this file: node worlds/make_worlds.mjs
//
// What is made is committed, so that nobody needs this to build or run Flux. It uses no true randomness:
// the same script gives the same worlds. Palette and scale: cream stone, clay roofs, greens; a storey is
// 3 m, a door 2.5 m, a lamp 3.2 m, the plaza's radius 18.5 m; the portal is the focal point.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// ---- small tools ----

// mulberry32 (public domain): scatter that is the same every time.
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const round = (value) => Math.round(value * 1000) / 1000 + 0;
const rounded = (list) => list.map(round);
const degrees = (radians) => round((radians * 180) / Math.PI);
// The rotation that turns a front (+z) at (x, z) towards (toX, toZ).
const facing = (x, z, toX = 0, toZ = 0) => degrees(Math.atan2(toX - x, toZ - z));
const turned = (yaw) => (yaw ? { rotation: [0, yaw, 0] } : {});

const shape = (kind, size, position, material, more = {}) => ({
  kind,
  size: rounded(size),
  position: rounded(position),
  material,
  ...more,
});
const passable = { collider: 'none' };
// What is small or far away needs no shadow of its own.
const decor = { collider: 'none', castShadow: false };

class World {
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

// ---- materials ----

const materials = {
  milk: { color: '#fff4e3' },
  lime: { color: '#f3e2c7' },
  sand: { color: '#e4c79c' },
  blush: { color: '#eecbb0' },
  wall: { color: '#d8c4a2', colorTop: '#f3e2c7' },
  'wall-peach': { color: '#d2a989', colorTop: '#f4cfae' },
  'wall-butter': { color: '#dcb26f', colorTop: '#fbd98a' },
  'wall-rose': { color: '#cf9480', colorTop: '#f0b8a4' },
  trim: { color: '#fff4e3' },
  clay: { color: '#d98a62' },
  brick: { color: '#b9603f' },
  roof: { color: '#b9603f', colorTop: '#d98a62' },
  'roof-teal': { color: '#2d7f86', colorTop: '#57bcc0' },
  'roof-coral': { color: '#cf5a48', colorTop: '#f5836e' },
  door: { color: '#6b4435' },
  'door-teal': { color: '#2d6f6b' },
  glass: { color: '#4e7f92', roughness: 0.35 },
  awning: { color: '#f5836e' },
  'awning-lagoon': { color: '#57bcc0' },
  'awning-marigold': { color: '#f3b33e' },
  coral: { color: '#f5836e' },
  rose: { color: '#e88f93' },
  marigold: { color: '#f3b33e' },
  butter: { color: '#fbd98a' },
  lilac: { color: '#b39bdd' },
  sage: { color: '#9cbf86' },
  lagoon: { color: '#57bcc0' },
  wood: { color: '#a9714b' },
  bark: { color: '#6b4435', colorTop: '#8a5a42' },
  soil: { color: '#6b4435', roughness: 0.95 },
  metal: { color: '#5b4376', roughness: 0.6 },
  gold: { color: '#f3b33e', roughness: 0.4, metalness: 0.6 },
  water: { color: '#57bcc0', roughness: 0.06, opacity: 0.85, effect: 'water' },
  spray: { color: '#d8f0ee', roughness: 0.3, opacity: 0.5 },
  leaf: { color: '#3f7f5e', colorTop: '#a9ce7a', effect: 'foliage' },
  'leaf-olive': { color: '#5c8a5e', colorTop: '#cbd88e', effect: 'foliage' },
  'leaf-blossom': { color: '#c9607f', colorTop: '#fbc3be', effect: 'foliage' },
  'leaf-amber': { color: '#c9743b', colorTop: '#f9ce72', effect: 'foliage' },
  'leaf-teal': { color: '#2d6f6b', colorTop: '#7fc3a0', effect: 'foliage' },
  hill: { color: '#7db58c', colorTop: '#a9cb86' },
  'hill-far': { color: '#7dafa8', colorTop: '#9dbfcb' },
  cloud: { color: '#f8ead6', colorTop: '#fff4e3', roughness: 0.85 },
};

const dayGlow = {
  bulb: { color: '#ffe3a0', emissive: '#ffc27a', emissiveIntensity: 0.5 },
  halo: { color: '#ffe9b8', emissive: '#fbd98a', emissiveIntensity: 1.2 },
};
const duskGlow = {
  bulb: { color: '#ffe3a0', emissive: '#ffc27a', emissiveIntensity: 4 },
  halo: { color: '#ffe9b8', emissive: '#fbd98a', emissiveIntensity: 1.6 },
};

// ---- things, each defined once ----

function treeRound() {
  const crowns = [
    [0, 3.35, 0, 2.5, 2.1, 2.4],
    [0.95, 2.75, -0.1, 1.7, 1.4, 1.7],
    [-0.95, 2.85, 0.1, 1.8, 1.45, 1.7],
    [0.1, 2.7, 0.85, 1.6, 1.25, 1.5],
    [-0.1, 2.8, -0.85, 1.7, 1.3, 1.6],
    [0.35, 4.15, 0, 1.5, 1.2, 1.5],
  ];
  return [
    shape('cylinder', [0.5, 2.8, 0.5], [0, 0, 0], 'bark', { top: 0.45, collider: 'cylinder' }),
    ...crowns.map(([x, y, z, ...size]) => shape('sphere', size, [x, y, z], 'leaf', passable)),
  ];
}

function treeCypress() {
  return [
    shape('cylinder', [0.32, 0.8, 0.32], [0, 0, 0], 'bark', { collider: 'cylinder' }),
    shape('sphere', [1.24, 1.9, 1.24], [0, 1.35, 0], 'leaf', passable),
    shape('sphere', [1.2, 2.5, 1.2], [0, 2.4, 0], 'leaf', passable),
    shape('sphere', [0.9, 2.5, 0.9], [0, 3.6, 0], 'leaf', passable),
    shape('cone', [0.5, 1.3, 0.5], [0, 4.4, 0], 'leaf', passable),
  ];
}

function treeUmbrella() {
  return [
    shape('cylinder', [0.46, 3.9, 0.46], [0, 0, 0], 'bark', { top: 0.5, collider: 'cylinder' }),
    shape('sphere', [3.4, 1.05, 3.2], [0.4, 4.1, 0], 'leaf', passable),
    shape('sphere', [2.1, 0.8, 2], [-0.9, 3.8, 0.1], 'leaf', passable),
    shape('sphere', [2, 0.8, 1.9], [0.8, 4.6, -0.2], 'leaf', passable),
  ];
}

const treeFar = () => [
  shape('cylinder', [0.4, 1.8, 0.4], [0, 0, 0], 'bark', decor),
  shape('sphere', [3.2, 3.4, 3.2], [0, 3, 0], 'leaf', decor),
];

const bush = () => [
  shape('sphere', [1.1, 0.84, 1], [0, 0.35, 0], 'leaf', passable),
  shape('sphere', [0.76, 0.6, 0.72], [0.4, 0.26, 0.1], 'leaf', passable),
  shape('sphere', [0.8, 0.62, 0.76], [-0.38, 0.28, -0.05], 'leaf', passable),
];

function flowers() {
  const next = seeded(11);
  const petals = ['coral', 'butter', 'milk', 'rose', 'marigold', 'lilac'];
  return petals.map((material, i) => {
    const angle = i * 1.05 + next();
    const at = 0.15 + 0.3 * next();
    const height = 0.2 + 0.14 * next();
    return shape('sphere', [0.15, 0.12, 0.15], [at * Math.cos(angle), height, at * Math.sin(angle)], material, decor);
  });
}

const pot = () => [
  shape('cylinder', [0.6, 0.5, 0.6], [0, 0, 0], 'clay', { top: 1.5 }),
  shape('ring', [1, 0.1, 1], [0, 0.46, 0], 'clay', { hole: 0.82, collider: 'none' }),
  { kind: 'prefab', prefab: 'bush', position: [0, 0.42, 0], scale: 0.8 },
];

// A round bed of soil with a kerb; what grows in it is placed with it.
function bed() {
  const plants = [0, 1, 2, 3, 4, 5, 6].map((i) => {
    const angle = (i * Math.PI * 2) / 7;
    const position = rounded([0.98 * Math.cos(angle), 0.14, 0.98 * Math.sin(angle)]);
    return { kind: 'prefab', prefab: i % 2 ? 'flowers' : 'bush', position, scale: i % 2 ? 1.1 : 0.55, ...turned(i * 40) };
  });
  return [
    shape('ring', [3.2, 0.26, 3.2], [0, 0, 0], 'sand', { hole: 0.86 }),
    shape('disc', [2.9, 2.9], [0, 0.15, 0], 'soil'),
    ...plants,
  ];
}

function lamp(lit) {
  const light = { kind: 'light', position: [0, 3.1, 0], color: '#ffc27a', intensity: 12, range: 9 };
  return [
    shape('cylinder', [0.4, 0.16, 0.4], [0, 0, 0], 'metal', { top: 0.6 }),
    shape('cylinder', [0.12, 2.9, 0.12], [0, 0.1, 0], 'metal', { top: 0.7 }),
    shape('sphere', [0.36, 0.36, 0.36], [0, 3.12, 0], 'bulb', decor),
    shape('cone', [0.62, 0.24, 0.62], [0, 3.26, 0], 'coral', passable),
    ...(lit ? [light] : []),
  ];
}

const bench = () => [
  shape('box', [1.8, 0.07, 0.46], [0, 0.42, 0], 'butter'),
  shape('box', [1.8, 0.34, 0.06], [0, 0.58, -0.24], 'butter', { rotation: [-8, 0, 0] }),
  shape('box', [0.1, 0.42, 0.42], [-0.7, 0, 0], 'wood'),
  shape('box', [0.1, 0.42, 0.42], [0.7, 0, 0], 'wood'),
];

const flag = (material) => [shape('cone', [0.3, 0.34, 0.04], [0, 0, 0], material, { rotation: [180, 0, 0], ...decor })];

const signPost = () => [
  shape('cylinder', [0.1, 1.9, 0.1], [0, 0, -0.08], 'metal'),
  shape('box', [2.3, 0.95, 0.08], [0, 1.1, -0.06], 'wood'),
];

const cloud = () => [
  shape('sphere', [26, 8, 14], [0, 0, 0], 'cloud', decor),
  shape('sphere', [16, 10, 12], [-7, 2, 1], 'cloud', decor),
  shape('sphere', [14, 8, 10], [8, 1.5, -1], 'cloud', decor),
];

const balloon = () => [
  shape('sphere', [6, 6.6, 6], [0, 7, 0], 'coral', decor),
  shape('torus', [6.1, 0.5, 6.1], [0, 7, 0], 'milk', decor),
  shape('cone', [3.6, 2.4, 3.6], [0, 5.2, 0], 'coral', { rotation: [180, 0, 0], ...decor }),
  shape('box', [1.2, 1, 1.2], [0, 0.6, 0], 'wood', decor),
];

// ---- houses: the front is towards +z, the middle of the floor at the origin ----

function windowAt(x, y, z, turn = 0) {
  const out = turn ? -1 : 1;
  return [
    shape('arch', [0.72, 1.3, 0.1], [x, y, z], 'glass', decor),
    shape('arch', [0.9, 1.4, 0.18], [x, y, z], 'trim', { hole: 0.8, ...decor }),
    shape('box', [1.06, 0.1, 0.3], [x, y - 0.1, z + 0.08 * out], 'trim', decor),
  ];
}

function doorAt(x, z, width) {
  return [
    shape('arch', [width, 2.5, 0.12], [x, 0, z], 'door', decor),
    shape('arch', [width + 0.32, 2.66, 0.24], [x, 0, z], 'trim', { hole: width / (width + 0.32), ...passable }),
  ];
}

function awningAt(x, z, width) {
  return [0, 1, 2, 3, 4].map((i) =>
    shape('wedge', [width / 5, 0.42, 1.1], [x + (width * (i - 2)) / 5, 2.66, z + 0.55], i % 2 ? 'milk' : 'awning', passable),
  );
}

function vaultRoof(w, d, h) {
  // A cylinder on its side, its lower half within the house.
  return [
    shape('cylinder', [d * 0.62, w + 0.3, d + 0.36], [w / 2 + 0.15, h, 0], 'roof', { rotation: [0, 0, 90], collider: 'hull' }),
    shape('box', [w + 0.2, 0.18, d + 0.4], [0, h - 0.1, 0], 'trim', passable),
  ];
}

function domeRoof(w, d, h) {
  const across = Math.min(w, d) * 0.84;
  return [
    shape('box', [w + 0.3, 0.3, d + 0.3], [0, h, 0], 'trim', passable),
    shape('cylinder', [across, 0.4, across], [0, h + 0.3, 0], 'wall', passable),
    shape('dome', [across, across * 0.46, across], [0, h + 0.7, 0], 'roof', passable),
    shape('sphere', [0.4, 0.4, 0.4], [0, h + 0.8 + across * 0.46, 0], 'gold', decor),
  ];
}

function flatRoof(w, d, h) {
  const plants = [-0.3, 0, 0.3].map((at) => ({
    kind: 'prefab',
    prefab: 'bush',
    position: rounded([w * at, h + 0.5, d * 0.3]),
    scale: 0.9,
  }));
  return [
    shape('box', [w + 0.3, 0.26, d + 0.3], [0, h, 0], 'trim', passable),
    shape('box', [w + 0.1, 0.3, d + 0.1], [0, h + 0.24, 0], 'wall', passable),
    ...plants,
  ];
}

function house({ w, d, h, doors, roof, awnings }) {
  const front = d / 2;
  const bay = w / doors;
  const xs = Array.from({ length: doors }, (_, i) => -w / 2 + bay * (i + 0.5));
  return [
    shape('box', [w, h, d], [0, 0, 0], 'wall', { bevel: 0.06 }),
    shape('box', [w + 0.3, 0.25, d + 0.3], [0, 0, 0], 'sand', passable),
    shape('box', [w + 0.16, 0.18, 0.6], [0, 3.02, front], 'trim', decor),
    ...xs.flatMap((x) => doorAt(x, front, bay * 0.58)),
    ...xs.flatMap((x) => windowAt(x, 3.5, front)),
    ...xs.slice(0, 2).flatMap((x) => windowAt(x, 1.1, -front, 180)),
    ...xs.slice(0, awnings).flatMap((x) => awningAt(x, front, bay * 0.94)),
    ...roof(w, d, h),
  ];
}

// ---- the parts that both worlds share ----

const sharedPrefabs = (lit) => ({
  'tree-round': treeRound(),
  'tree-cypress': treeCypress(),
  'tree-umbrella': treeUmbrella(),
  'tree-far': treeFar(),
  bush: bush(),
  flowers: flowers(),
  bed: bed(),
  lamp: lamp(lit),
  bench: bench(),
  'sign-post': signPost(),
  'portal-frame': portalFrame(),
});

// The ring stands in the x-y plane, its middle at the origin, for a portal of 5.8 m.
function portalFrame() {
  const upright = { rotation: [90, 0, 0] };
  const gems = ['lagoon', 'marigold', 'coral', 'lilac', 'sage'];
  return [
    shape('ring', [7, 0.76, 7], [0, 0, -0.38], 'lime', { hole: 0.86, ...upright }),
    shape('ring', [7.3, 0.44, 7.3], [0, 0, -0.22], 'blush', { hole: 0.93, ...upright, collider: 'none' }),
    shape('torus', [6.06, 0.16, 6.06], [0, 0, 0], 'halo', { ...upright, ...decor }),
    ...gems.map((material, i) => {
      const angle = (i * Math.PI * 2) / 5 + Math.PI / 2;
      return shape('sphere', [0.34, 0.34, 0.24], [3.24 * Math.cos(angle), 3.24 * Math.sin(angle), 0.42], material, decor);
    }),
  ];
}

const LEAVES = ['leaf', 'leaf-olive', 'leaf-blossom', 'leaf-amber', 'leaf-teal'];
const leaves = (name) => (name === 'leaf' ? {} : { materials: { leaf: name } });

// Round steps up to the portal, and its frame. Returns the middle's height.
function addPortalSteps(world, x, z, yaw) {
  for (const [i, radius] of [5.4, 4.7, 4, 3.3].entries()) {
    const material = i % 2 ? 'blush' : 'lime';
    world.add('portal-step', shape('cylinder', [radius * 2, 0.22, radius * 2], [x, 0.22 * i, z], material));
  }
  const middle = 0.88 + 2.75;
  world.place('portal-frame', x, z, yaw, { y: middle });
  return middle;
}

function addFarTrees(world, seed, count, least, most, keepFree) {
  const next = seeded(seed);
  for (let i = 0; i < count; ) {
    const angle = next() * Math.PI * 2;
    const at = least + (most - least) * Math.sqrt(next());
    const x = at * Math.cos(angle);
    const z = at * Math.sin(angle);
    const scale = round(0.9 + 0.7 * next());
    const material = LEAVES[Math.floor(next() * 5)];
    if (keepFree(x, z)) continue;
    world.place('tree-far', x, z, 0, { scale, ...leaves(material) });
    i++;
  }
}

function addHills(world, hills) {
  for (const [x, z, width, height, depth, far] of hills) {
    world.add('hill', shape('dome', [width, height, depth], [x, -1, z], far ? 'hill-far' : 'hill', decor));
  }
}

function addClouds(world) {
  for (const [x, y, z, scale] of [[-88, 46, -190, 1.3], [66, 56, -210, 1.5], [170, 44, -120, 1.2], [-180, 58, -90, 1.4], [-40, 62, 200, 1.3], [120, 52, 160, 1.5]]) {
    world.place('cloud', x, z, 0, { y, scale });
  }
}

// ---- the plaza ----

function addPaving(world) {
  // Rings from the fountain outwards; the colours repeat, with thin lines of clay between.
  const cycle = ['lime', 'sand', 'lime', 'blush'];
  let inner = 3;
  // What shows where two rings meet.
  world.add('paving-bed', shape('disc', [37, 37], [0, 0.015, 0], 'sand'));
  for (let i = 0; inner < 18.4; i++) {
    const line = i % 4 === 3;
    const outer = Math.min(18.5, inner + (line ? 0.35 : 1.35));
    const material = line ? 'clay' : cycle[i % 4];
    world.add('paving', shape('disc', [outer * 2, outer * 2], [0, 0.03, 0], material, { hole: round(inner / outer) }));
    inner = outer;
  }
  world.add('kerb', shape('ring', [38, 0.06, 38], [0, 0, 0], 'sand', { hole: 0.974, ...decor }));
  for (const angle of [35, 145, 180, 215, 325]) {
    const radians = (angle * Math.PI) / 180;
    const x = 33 * Math.sin(radians);
    const z = -33 * Math.cos(radians);
    world.add('path', shape('plane', [3, 30], [x, 0.015, z], 'sand', { rotation: [0, round(-angle), 0] }));
  }
}

function addFountain(world) {
  const objects = [
    shape('ring', [6.4, 0.5, 6.4], [0, 0, 0], 'lime', { hole: 0.86 }),
    shape('ring', [6.7, 0.1, 6.7], [0, 0.5, 0], 'milk', { hole: 0.8, collider: 'none' }),
    shape('disc', [5.6, 5.6], [0, 0.38, 0], 'water'),
    shape('cylinder', [1.3, 0.5, 1.3], [0, 0, 0], 'sand'),
    shape('cylinder', [0.6, 1.5, 0.6], [0, 0.4, 0], 'lime', { top: 0.6 }),
    shape('dome', [2.4, 0.6, 2.4], [0, 2.1, 0], 'lime', { rotation: [180, 0, 0], collider: 'none' }),
    shape('disc', [2.1, 2.1], [0, 2.12, 0], 'water'),
    shape('cylinder', [0.3, 0.9, 0.3], [0, 2, 0], 'lime', { top: 0.6, collider: 'none' }),
    shape('dome', [1.1, 0.3, 1.1], [0, 3, 0], 'lime', { rotation: [180, 0, 0], collider: 'none' }),
    shape('sphere', [0.4, 0.4, 0.4], [0, 3.15, 0], 'gold', decor),
    shape('cone', [0.5, 0.9, 0.5], [0, 3.2, 0], 'spray', decor),
  ];
  for (let i = 0; i < 8; i++) {
    const angle = (i * Math.PI) / 4;
    objects.push(shape('cylinder', [0.09, 1.5, 0.09], [1.1 * Math.cos(angle), 0.5, 1.1 * Math.sin(angle)], 'spray', decor));
  }
  world.add('fountain', { kind: 'group', objects });
}

// From the fountain to the portal: a rill between kerbs, and slabs on both sides.
function addAxis(world) {
  world.add('rill', shape('plane', [1.4, 7.4], [0, 0.06, -7.3], 'water'));
  for (const side of [-1, 1]) {
    world.add('rill-kerb', shape('box', [0.2, 0.14, 7.6], [side * 0.8, 0, -7.3], 'sand', passable));
  }
  for (let i = 0; i < 8; i++) {
    for (const side of [-1, 1]) world.place('slab', side * 1.6, -3.9 - i, 0);
  }
}

function addStage(world, x, z) {
  const front = facing(x, z);
  const ribs = [4.4, 4, 3.6, 3.2, 2.8].map((radius, i) =>
    shape('torus', [radius * 2, 0.5, radius * 2], [0, 0.75, -0.6 - i * 0.62], ['coral', 'milk', 'rose', 'milk', 'butter'][i], {
      arc: 180,
      rotation: [90, 0, 0],
      ...(i ? passable : {}),
    }),
  );
  const seats = [5.8, 7.1, 8.4].map((radius, i) =>
    shape('ring', [radius * 2, 0.24 + 0.2 * i, radius * 2], [0, 0, 0], i % 2 ? 'sand' : 'butter', {
      hole: round((radius - 0.62) / radius),
      arc: 96,
      rotation: [0, 180, 0],
    }),
  );
  world.add('stage', {
    kind: 'group',
    position: [x, 0, z],
    ...turned(front),
    objects: [
      shape('cylinder', [9.2, 0.75, 9.2], [0, 0, 0], 'blush'),
      shape('disc', [8.7, 8.7], [0, 0.765, 0], 'wood'),
      shape('stairs', [2.2, 0.75, 1.2], [0, 0, 4.9], 'sand', { steps: 4 }),
      shape('ring', [9.4, 0.12, 9.4], [0, 0.66, 0], 'milk', { hole: 0.95, collider: 'none' }),
      ...ribs,
      shape('arch', [5.2, 3.4, 0.2], [0, 0.75, -3.5], 'lilac'),
      ...seats,
    ],
  });
}

const HOUSES = [
  // x, z, prefab, wall, roof, awning, door
  [-15.8, 3.2, 'house-vault', 'wall-peach', 'roof', 'awning-lagoon', 'door-teal'],
  [16.2, 5.4, 'house-flat', 'wall-butter', 'roof', 'awning', 'door'],
  [16.4, -4.2, 'house-small', 'wall-rose', 'roof-teal', 'awning-marigold', 'door'],
  [14, -14, 'house-dome', 'wall', 'roof-teal', 'awning', 'door-teal'],
  [-20.5, -7.5, 'house-dome', 'wall', 'roof-coral', 'awning', 'door'],
  [-12, -22.5, 'house-small', 'wall-rose', 'roof', 'awning-lagoon', 'door-teal'],
  [9.6, -25, 'house-vault', 'wall-peach', 'roof', 'awning-marigold', 'door'],
  [-13.2, 14.6, 'house-flat', 'wall', 'roof', 'awning-marigold', 'door-teal'],
  [12.8, 15.6, 'house-vault', 'wall-rose', 'roof', 'awning-lagoon', 'door'],
  [25.5, 15.5, 'house-dome', 'wall-butter', 'roof', 'awning', 'door-teal'],
  [-25.5, 17, 'house-small', 'wall-peach', 'roof-teal', 'awning', 'door'],
  [27.5, -16, 'house-vault', 'wall', 'roof', 'awning', 'door-teal'],
  [-27, -18, 'house-flat', 'wall-peach', 'roof', 'awning-lagoon', 'door'],
];

function addHouses(world) {
  for (const [x, z, prefab, wall, roof, awning, door] of HOUSES) {
    const swaps = { wall, roof, awning, door };
    const changed = Object.fromEntries(Object.entries(swaps).filter(([name, by]) => name !== by));
    world.place(prefab, x, z, facing(x, z), Object.keys(changed).length ? { materials: changed } : {});
  }
}

const PLAZA_TREES = [
  [-7.7, 9.4, 'round', 'leaf-blossom', 1.2], [9.8, 0.6, 'round', 'leaf', 1.05], [8.4, -9.2, 'round', 'leaf-blossom', 1],
  [-4.9, -21.5, 'cypress', 'leaf-teal', 1.05], [6.2, -19.4, 'cypress', 'leaf-teal', 1.15], [-7.4, -19.6, 'cypress', 'leaf-teal', 1.3],
  [8, -21, 'cypress', 'leaf-teal', 1.35], [-11.8, -1.6, 'round', 'leaf-olive', 1], [-17.5, -14.5, 'round', 'leaf', 1.3],
  [20, -18, 'round', 'leaf-amber', 1.4], [2.2, -26, 'umbrella', 'leaf-olive', 1.5], [-3.4, -28, 'umbrella', 'leaf', 1.6],
  [9.8, 9.4, 'umbrella', 'leaf-olive', 1.15], [-20.5, -0.5, 'cypress', 'leaf-teal', 1.5], [20.5, -9.5, 'cypress', 'leaf-teal', 1.5],
  [21.5, 1, 'round', 'leaf', 1.3], [-9, -30, 'round', 'leaf-blossom', 1.4], [17, -29, 'round', 'leaf', 1.5],
  [-19.5, -26, 'round', 'leaf-olive', 1.6], [-6, 19.8, 'cypress', 'leaf-teal', 1.3], [6, 19.8, 'cypress', 'leaf-teal', 1.3],
  [-20, 9.5, 'round', 'leaf-amber', 1.2], [21, 11, 'round', 'leaf-blossom', 1.2],
];

function addPlanting(world) {
  for (const [x, z, kind, material, scale] of PLAZA_TREES) {
    world.place(`tree-${kind}`, x, z, round((x * 37 + z * 71) % 360), { scale, ...leaves(material) });
  }
  for (const [x, z] of [[-7.7, 9.4], [9.8, 0.6], [8.4, -9.2], [-11.8, -1.6], [9.8, 9.4]]) world.place('bed', x, z);
  const pots = [[-3.4, -13.1], [3.4, -13.1], [-5.8, 7.4], [11.8, -2.6], [11.2, -6.8], [-11.9, 6.2], [-11.9, 0.8], [5.4, 12.4], [-4.8, 13.4]];
  pots.forEach(([x, z], i) => world.place('pot', x, z, (i * 50) % 360, { scale: 1.1, ...leaves(LEAVES[i % 3]) }));
  const next = seeded(5);
  for (let i = 0; i < 60; i++) {
    const angle = next() * Math.PI * 2;
    const at = 20 + 14 * next();
    const size = round(1 + next());
    world.place(i % 3 ? 'flowers' : 'bush', at * Math.cos(angle), at * Math.sin(angle), round(next() * 360), { scale: size });
  }
}

function addFurniture(world) {
  for (const [x, z] of [[-3.2, -5.2], [3.2, -5.2], [-3.2, -10.8], [3.2, -10.8], [6.8, 4.8], [-6.8, 4.4], [-10.6, 10.8], [11.2, 11], [0, 17.6], [-16, -1.6], [16.6, 0.4]]) {
    world.place('lamp', x, z);
  }
  for (const [x, z, yaw] of [[6.4, -1.2, -80], [6.9, 8.6, -140], [-6.2, 1.6, 100], [-2.6, 15.4, 170], [2.6, 15.4, -170], [13.2, -8.6, -60]]) {
    world.place('bench', x, z, yaw);
  }
  const lines = [[[6.8, 3.2, 4.8], [12.9, 4.4, -3.2]], [[-6.8, 3.2, 4.4], [-12.9, 4.6, 2.6]], [[-3.2, 3.2, -10.8], [-6.4, 4.4, -16]], [[3.2, 3.2, -10.8], [10.6, 4.8, -11.4]]];
  for (const [from, to] of lines) addFlags(world, from, to, 9, 0.5);
}

// Little flags on a line that hangs through by `sag`.
function addFlags(world, from, to, count, sag) {
  const colors = ['coral', 'butter', 'lagoon', 'milk'];
  const yaw = degrees(Math.atan2(-(to[2] - from[2]), to[0] - from[0]));
  for (let i = 1; i < count; i++) {
    const t = i / count;
    const at = from.map((value, axis) => value + (to[axis] - value) * t);
    const y = round(at[1] - 4 * sag * t * (1 - t));
    world.place(`flag-${colors[i % 4]}`, at[0], at[2], yaw, { y });
  }
}

function plaza() {
  const world = new World();
  addPaving(world);
  addFountain(world);
  addAxis(world);
  const middle = addPortalSteps(world, 0, -17, 0);
  for (const side of [-1, 1]) world.place('pylon', side * 6.2, -14.6);
  addStage(world, -9.8, -10.2);
  addHouses(world);
  addPlanting(world);
  addFurniture(world);
  addFarTrees(world, 7, 70, 36, 105, (x, z) => Math.abs(x) < 3 || Math.abs(z) < 3);
  addHills(world, [
    [-70, -150, 150, 16, 90], [60, -160, 180, 20, 90], [170, -60, 100, 18, 170], [-175, -30, 100, 17, 180], [150, 90, 110, 15, 140],
    [-150, 110, 120, 16, 130], [0, 165, 200, 14, 80], [-120, -260, 260, 46, 130, true], [140, -270, 280, 52, 140, true],
    [300, 40, 140, 44, 280, true], [-300, 60, 150, 46, 300, true], [20, 300, 320, 40, 140, true],
  ]);
  addClouds(world);
  world.place('balloon', -22, -62, 30, { y: 20, scale: 1.2 });
  world.place('balloon', 38, -95, 0, { y: 26, scale: 1.4, materials: { coral: 'lagoon' } });
  world.place('sign-post', 4.6, 9.2, -18);
  world.place('sign-post', -4.4, -1.4, 24, { scale: 0.8 });
  world.place('sign-post', 4.4, -12.6, -14, { scale: 0.8 });

  return {
    $schema: 'world.schema.json',
    format: 'flux.world',
    version: 1,
    id: 'plaza',
    name: { en: 'Plaza', ko: '광장' },
    description: {
      en: 'A sun-warmed square with a fountain, a stage and a portal. Meet whoever is here.',
      ko: '분수와 무대, 포털이 있는 햇살 가득한 광장입니다. 여기 있는 사람들을 만나 보세요.',
    },
    bounds: { least: [-110, -2, -110], most: [110, 40, 110] },
    spawns: [
      { position: [0, 0, 11], yaw: 0, radius: 4 },
      { position: [-1.9, 0, -9.2], yaw: 180, radius: 0.8 },
      { position: [11, 0, 4], yaw: 70, radius: 1.5 },
      { position: [-11, 0, 4], yaw: -70, radius: 1.5 },
    ],
    capacity: 12000,
    speed: { walk: 2.2, run: 6 },
    earshot: 15,
    environment: {
      preset: 'day',
      exposure: 1,
      sky: [
        { at: -0.05, color: '#fbebcb' }, { at: 0.03, color: '#f8e9cc' }, { at: 0.13, color: '#cde9e3' },
        { at: 0.3, color: '#8fcde0' }, { at: 0.7, color: '#5fafd8' }, { at: 1, color: '#4c97cb' },
      ],
      sun: { elevation: 40, azimuth: 142, color: '#ffe7c4', intensity: 3.5 },
      hemisphere: { sky: '#b4d0f5', ground: '#e6d2b2', intensity: 3.3 },
      fog: { color: '#e6eadb', near: 28, far: 386 },
      ground: { color: '#a3c583', roughness: 0.95 },
    },
    materials: { ...materials, ...dayGlow },
    prefabs: {
      ...sharedPrefabs(false),
      pot: pot(),
      slab: [shape('box', [1.26, 0.05, 0.92], [0, 0, 0], 'milk', { bevel: 0.02, ...decor })],
      pylon: [
        shape('cylinder', [1, 0.3, 1], [0, 0, 0], 'lime'),
        shape('cylinder', [0.7, 2, 0.7], [0, 0.3, 0], 'lime', { top: 0.85 }),
        shape('cylinder', [0.9, 0.18, 0.9], [0, 2.3, 0], 'milk'),
        shape('sphere', [0.84, 0.84, 0.84], [0, 2.88, 0], 'butter', passable),
      ],
      balloon: balloon(),
      cloud: cloud(),
      'flag-coral': flag('coral'),
      'flag-butter': flag('butter'),
      'flag-lagoon': flag('lagoon'),
      'flag-milk': flag('milk'),
      'house-vault': house({ w: 8, d: 5, h: 5, doors: 3, roof: vaultRoof, awnings: 1 }),
      'house-flat': house({ w: 8.4, d: 5, h: 5.4, doors: 3, roof: flatRoof, awnings: 2 }),
      'house-small': house({ w: 6.6, d: 5, h: 4.9, doors: 2, roof: vaultRoof, awnings: 1 }),
      'house-dome': house({ w: 6.4, d: 5.4, h: 5.8, doors: 2, roof: domeRoof, awnings: 0 }),
    },
    objects: world.objects,
    portals: [
      {
        id: 'to-garden',
        to: 'garden',
        spawn: 0,
        position: [0, round(middle), -17],
        yaw: 0,
        size: [5.8, 5.8],
        label: { en: 'Evening garden', ko: '저녁 정원' },
      },
    ],
    signs: [
      signOnPost('welcome', 4.6, 9.2, -18, 1, {
        en: 'Welcome to the plaza!\nWalk up to people to talk.',
        ko: '광장에 오신 것을 환영합니다!\n가까이 다가가 이야기해 보세요.',
      }),
      signOnPost('to-the-stage', -4.4, -1.4, 24, 0.8, { en: '↖ Stage\nSit down and listen', ko: '↖ 무대\n앉아서 들어 보세요' }),
      signOnPost('to-the-portal', 4.4, -12.6, -14, 0.8, { en: 'Portal ↑\nStep through to the garden', ko: '포털 ↑\n걸어서 정원으로' }),
    ],
  };
}

// The board of the prefab "sign-post" that stands there.
function signOnPost(id, x, z, yaw, scale, text) {
  const out = 0.01 * scale;
  const radians = (yaw * Math.PI) / 180;
  return {
    id,
    text,
    position: rounded([x + out * Math.sin(radians), 1.575 * scale, z + out * Math.cos(radians)]),
    yaw,
    size: rounded([2.2 * scale, 0.85 * scale]),
  };
}

// ---- the garden ----

function gazebo() {
  const columns = Array.from({ length: 8 }, (_, i) => {
    const angle = ((i + 0.5) * Math.PI) / 4;
    return shape('cylinder', [0.3, 2.7, 0.3], [2.5 * Math.sin(angle), 0.3, 2.5 * Math.cos(angle)], 'milk', { top: 0.8 });
  });
  return [
    shape('cylinder', [6.4, 0.15, 6.4], [0, 0, 0], 'sand'),
    shape('cylinder', [5.8, 0.15, 5.8], [0, 0.15, 0], 'lime'),
    ...columns,
    shape('ring', [5.8, 0.3, 5.8], [0, 3, 0], 'lime', { hole: 0.82, collider: 'none' }),
    shape('dome', [5.6, 2.1, 5.6], [0, 3.3, 0], 'roof-teal', passable),
    shape('sphere', [0.44, 0.44, 0.44], [0, 5.55, 0], 'gold', decor),
    { kind: 'light', position: [0, 2.7, 0], color: '#ffc27a', intensity: 16, range: 10 },
    shape('sphere', [0.4, 0.4, 0.4], [0, 2.75, 0], 'bulb', decor),
  ];
}

// Along x, 7 m over the pond: ramps at both ends.
function bridge() {
  const rail = (z) => [
    shape('box', [3.4, 0.1, 0.1], [0, 1.5, z], 'wood'),
    ...[-1.6, 0, 1.6].map((x) => shape('box', [0.12, 0.9, 0.12], [x, 0.7, z], 'wood', passable)),
  ];
  return [
    shape('box', [3.4, 0.14, 1.8], [0, 0.6, 0], 'wood'),
    shape('wedge', [1.8, 0.74, 2.4], [2.9, 0, 0], 'wood', { rotation: [0, 90, 0] }),
    shape('wedge', [1.8, 0.74, 2.4], [-2.9, 0, 0], 'wood', { rotation: [0, -90, 0] }),
    ...rail(0.85),
    ...rail(-0.85),
  ];
}

function lily(next) {
  const angle = next() * Math.PI * 2;
  const at = 1.8 + 2.4 * next();
  const size = 0.5 + 0.4 * next();
  return shape('disc', [size, size], [at * Math.cos(angle), 0.17, at * Math.sin(angle)], 'sage', { arc: 320, rotation: [0, round(angle * 57), 0] });
}

function pond() {
  const next = seeded(3);
  const lilies = Array.from({ length: 9 }, () => lily(next));
  return [
    shape('ring', [10.6, 0.22, 8], [0, 0, 0], 'sand', { hole: 0.93, collider: 'none' }),
    shape('disc', [10, 7.5], [0, 0.14, 0], 'water'),
    ...lilies,
    ...[[2.1, 1.4], [-2.6, -1.2], [1.2, -2.2]].map(([x, z]) => shape('sphere', [0.3, 0.22, 0.3], [x, 0.24, z], 'rose', decor)),
  ];
}

function addStones(world, points) {
  for (const [x, z] of points) {
    const size = 0.9 + (Math.abs(x * 7 + z * 3) % 0.4);
    world.add('stone', shape('cylinder', [size, 0.06, size * 0.85], [x, 0, z], 'lime', { ...turned(round((x * 50 + z * 20) % 180)), ...decor }));
  }
}

function garden() {
  const world = new World();
  world.add('lawn', shape('disc', [44, 44], [0, 0.01, 0], { color: '#93cf7c', roughness: 0.95 }));
  world.add('hedge', shape('ring', [46, 1.1, 46], [0, 0, 0], 'leaf-teal', { hole: 0.965 }));
  world.place('pond', 0, -3);
  world.place('bridge', 0, -3, 90);
  world.place('gazebo', 9.5, -11.5, -40);
  const middle = addPortalSteps(world, 0, 16, 180);
  addStones(world, [[0, 9.6], [0.3, 8.2], [-0.2, 6.8], [0.1, 5.4], [0, 4], [0.2, 2.8], [0.3, -9.2], [1.4, -10], [2.6, -10.6], [4, -11], [5.3, -11.2], [-1.2, 7.4], [-2.6, 7], [-4, 6.6], [-5.4, 6]]);
  const next = seeded(21);
  for (let i = 0; i < 22; i++) {
    const angle = (i * Math.PI * 2) / 22 + 0.14;
    const at = 17.2 + 3 * next();
    const x = at * Math.cos(angle);
    const z = at * Math.sin(angle);
    if (Math.hypot(x, z - 16) < 7) continue;
    const kind = ['round', 'cypress', 'round', 'umbrella'][i % 4];
    const material = kind === 'cypress' ? 'leaf-teal' : ['leaf-blossom', 'leaf', 'leaf-amber', 'leaf-blossom'][(i * 3) % 4];
    world.place(`tree-${kind}`, x, z, round(next() * 360), { scale: round(1 + 0.4 * next()), ...leaves(material) });
  }
  for (const [x, z] of [[-8, 6], [-10.5, -6], [8.5, 4.5], [4, -15.5], [-4.5, -14]]) {
    world.place('tree-round', x, z, round(x * 31), { scale: 0.95, ...leaves('leaf-blossom') });
    world.place('bed', x, z);
  }
  for (const [x, z] of [[-3, 10.4], [3, 10.4], [-6.4, 0.6], [6.4, 0.6], [-5.6, -9], [3, -8.6], [-12, 2], [12.5, -4]]) world.place('lamp', x, z);
  for (const [x, z, yaw] of [[-6.6, 3.6, 150], [6.8, 3, -140], [-8.6, -9.4, 50], [12.5, 6, -110]]) world.place('bench', x, z, yaw);
  for (let i = 0; i < 46; i++) {
    const angle = next() * Math.PI * 2;
    const at = 9 + 12 * next();
    const [x, z] = [at * Math.cos(angle), at * Math.sin(angle)];
    if (Math.hypot(x, z - 16) < 6.4 || Math.hypot(x - 9.5, z + 11.5) < 4) continue;
    world.place(i % 3 ? 'flowers' : 'bush', x, z, round(next() * 360), { scale: round(0.8 + 0.6 * next()) });
  }
  addFarTrees(world, 9, 40, 26, 70, () => false);
  addHills(world, [
    [-60, -110, 130, 16, 80], [70, -115, 150, 19, 80], [130, -10, 80, 16, 150], [-130, 0, 80, 15, 150], [0, 130, 190, 15, 80],
    [-90, -220, 220, 44, 110, true], [130, -220, 230, 48, 110, true], [240, 30, 110, 40, 220, true], [-240, 40, 110, 42, 230, true],
  ]);
  world.place('sign-post', 4.2, 9, 160);

  return {
    $schema: 'world.schema.json',
    format: 'flux.world',
    version: 1,
    id: 'garden',
    name: { en: 'Evening garden', ko: '저녁 정원' },
    description: {
      en: 'A quiet garden at dusk: a pond, a bridge and a lit pavilion.',
      ko: '연못과 다리, 불 켜진 정자가 있는 해 질 녘의 조용한 정원입니다.',
    },
    bounds: { least: [-60, -2, -60], most: [60, 30, 60] },
    spawns: [
      { position: [0, 0, 9.4], yaw: 0, radius: 1.2 },
      { position: [-9, 0, -2], yaw: -90, radius: 2 },
    ],
    capacity: 300,
    speed: { walk: 2.2, run: 6 },
    earshot: 12,
    environment: {
      preset: 'dusk',
      exposure: 1.12,
      sky: [
        { at: -0.05, color: '#ffb77e' }, { at: 0.04, color: '#ff9f7a' }, { at: 0.16, color: '#e27f96' },
        { at: 0.34, color: '#8f6bb0' }, { at: 0.65, color: '#4b4c97' }, { at: 1, color: '#2d3372' },
      ],
      sun: { elevation: 12, azimuth: 68, color: '#ffa468', intensity: 2.3 },
      hemisphere: { sky: '#a3a0e4', ground: '#d79aa2', intensity: 3 },
      fog: { color: '#de8e8f', near: 14, far: 248 },
      ground: { color: '#93c47f', roughness: 0.95 },
    },
    materials: { ...materials, ...duskGlow },
    prefabs: { ...sharedPrefabs(true), gazebo: gazebo(), bridge: bridge(), pond: pond() },
    objects: world.objects,
    portals: [
      {
        id: 'to-plaza',
        to: 'plaza',
        spawn: 1,
        position: [0, round(middle), 16],
        yaw: 180,
        size: [5.8, 5.8],
        label: { en: 'Plaza', ko: '광장' },
      },
    ],
    signs: [
      signOnPost('welcome', 4.2, 9, 160, 1, {
        en: 'Evening garden\nSpeak softly, stay long.',
        ko: '저녁 정원\n조용히, 오래 머물러 주세요.',
      }),
    ],
  };
}

// ---- writing: a member a line at the top, an object a line in the lists, so that changes can be read ----

function write(world) {
  const members = Object.entries(world).map(([name, value]) => {
    const key = `  ${JSON.stringify(name)}: `;
    if (Array.isArray(value)) return `${key}[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
    if (name === 'prefabs') return `${key}{\n${Object.entries(value).map(prefabText).join(',\n')}\n  }`;
    if (name === 'materials') return `${key}{\n${Object.entries(value).map(([id, one]) => `    ${JSON.stringify(id)}: ${JSON.stringify(one)}`).join(',\n')}\n  }`;
    return key + JSON.stringify(value);
  });
  const folder = dirname(fileURLToPath(import.meta.url));
  writeFileSync(join(folder, `${world.id}.json`), `{\n${members.join(',\n')}\n}\n`);
}

const prefabText = ([name, objects]) =>
  `    ${JSON.stringify(name)}: [\n${objects.map((object) => `      ${JSON.stringify(object)}`).join(',\n')}\n    ]`;

write(plaza());
write(garden());
