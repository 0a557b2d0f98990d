// things: materials, and the small things that stand about, each defined once.
import { decor, passable, rounded, seeded, shape, turned } from './tools.mjs';

export const materials = {
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

export const dayGlow = {
  bulb: { color: '#ffe3a0', emissive: '#ffc27a', emissiveIntensity: 0.5 },
  halo: { color: '#ffe9b8', emissive: '#fbd98a', emissiveIntensity: 1.2 },
};
export const duskGlow = {
  bulb: { color: '#ffe3a0', emissive: '#ffc27a', emissiveIntensity: 4 },
  halo: { color: '#ffe9b8', emissive: '#fbd98a', emissiveIntensity: 1.6 },
};

// ---- things, each defined once ----

export function treeRound() {
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

export function treeCypress() {
  return [
    shape('cylinder', [0.32, 0.8, 0.32], [0, 0, 0], 'bark', { collider: 'cylinder' }),
    shape('sphere', [1.24, 1.9, 1.24], [0, 1.35, 0], 'leaf', passable),
    shape('sphere', [1.2, 2.5, 1.2], [0, 2.4, 0], 'leaf', passable),
    shape('sphere', [0.9, 2.5, 0.9], [0, 3.6, 0], 'leaf', passable),
    shape('cone', [0.5, 1.3, 0.5], [0, 4.4, 0], 'leaf', passable),
  ];
}

export function treeUmbrella() {
  return [
    shape('cylinder', [0.46, 3.9, 0.46], [0, 0, 0], 'bark', { top: 0.5, collider: 'cylinder' }),
    shape('sphere', [3.4, 1.05, 3.2], [0.4, 4.1, 0], 'leaf', passable),
    shape('sphere', [2.1, 0.8, 2], [-0.9, 3.8, 0.1], 'leaf', passable),
    shape('sphere', [2, 0.8, 1.9], [0.8, 4.6, -0.2], 'leaf', passable),
  ];
}

export const treeFar = () => [
  shape('cylinder', [0.4, 1.8, 0.4], [0, 0, 0], 'bark', decor),
  shape('sphere', [3.2, 3.4, 3.2], [0, 3, 0], 'leaf', decor),
];

export const bush = () => [
  shape('sphere', [1.1, 0.84, 1], [0, 0.35, 0], 'leaf', passable),
  shape('sphere', [0.76, 0.6, 0.72], [0.4, 0.26, 0.1], 'leaf', passable),
  shape('sphere', [0.8, 0.62, 0.76], [-0.38, 0.28, -0.05], 'leaf', passable),
];

export function flowers() {
  const next = seeded(11);
  const petals = ['coral', 'butter', 'milk', 'rose', 'marigold', 'lilac'];
  return petals.map((material, i) => {
    const angle = i * 1.05 + next();
    const at = 0.15 + 0.3 * next();
    const height = 0.2 + 0.14 * next();
    return shape('sphere', [0.15, 0.12, 0.15], [at * Math.cos(angle), height, at * Math.sin(angle)], material, decor);
  });
}

export const pot = () => [
  shape('cylinder', [0.6, 0.5, 0.6], [0, 0, 0], 'clay', { top: 1.5 }),
  shape('ring', [1, 0.1, 1], [0, 0.46, 0], 'clay', { hole: 0.82, collider: 'none' }),
  { kind: 'prefab', prefab: 'bush', position: [0, 0.42, 0], scale: 0.8 },
];

// A round bed of soil with a kerb; what grows in it is placed with it.
export function bed() {
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

export function lamp(lit) {
  const light = { kind: 'light', position: [0, 3.1, 0], color: '#ffc27a', intensity: 12, range: 9 };
  return [
    shape('cylinder', [0.4, 0.16, 0.4], [0, 0, 0], 'metal', { top: 0.6 }),
    shape('cylinder', [0.12, 2.9, 0.12], [0, 0.1, 0], 'metal', { top: 0.7 }),
    shape('sphere', [0.36, 0.36, 0.36], [0, 3.12, 0], 'bulb', decor),
    shape('cone', [0.62, 0.24, 0.62], [0, 3.26, 0], 'coral', passable),
    ...(lit ? [light] : []),
  ];
}

export const bench = () => [
  shape('box', [1.8, 0.07, 0.46], [0, 0.42, 0], 'butter'),
  shape('box', [1.8, 0.34, 0.06], [0, 0.58, -0.24], 'butter', { rotation: [-8, 0, 0] }),
  shape('box', [0.1, 0.42, 0.42], [-0.7, 0, 0], 'wood'),
  shape('box', [0.1, 0.42, 0.42], [0.7, 0, 0], 'wood'),
];

export const flag = (material) => [shape('cone', [0.3, 0.34, 0.04], [0, 0, 0], material, { rotation: [180, 0, 0], ...decor })];

export const signPost = () => [
  shape('cylinder', [0.1, 1.9, 0.1], [0, 0, -0.08], 'metal'),
  shape('box', [2.3, 0.95, 0.08], [0, 1.1, -0.06], 'wood'),
];

export const cloud = () => [
  shape('sphere', [26, 8, 14], [0, 0, 0], 'cloud', decor),
  shape('sphere', [16, 10, 12], [-7, 2, 1], 'cloud', decor),
  shape('sphere', [14, 8, 10], [8, 1.5, -1], 'cloud', decor),
];

export const balloon = () => [
  shape('sphere', [6, 6.6, 6], [0, 7, 0], 'coral', decor),
  shape('torus', [6.1, 0.5, 6.1], [0, 7, 0], 'milk', decor),
  shape('cone', [3.6, 2.4, 3.6], [0, 5.2, 0], 'coral', { rotation: [180, 0, 0], ...decor }),
  shape('box', [1.2, 1, 1.2], [0, 0.6, 0], 'wood', decor),
];
