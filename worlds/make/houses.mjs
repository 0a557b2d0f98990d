// houses: the front is towards +z, the middle of the floor at the origin.
import { decor, passable, rounded, shape } from './tools.mjs';

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

export function vaultRoof(w, d, h) {
  // A cylinder on its side, its lower half within the house.
  return [
    shape('cylinder', [d * 0.62, w + 0.3, d + 0.36], [w / 2 + 0.15, h, 0], 'roof', { rotation: [0, 0, 90], collider: 'hull' }),
    shape('box', [w + 0.2, 0.18, d + 0.4], [0, h - 0.1, 0], 'trim', passable),
  ];
}

export function domeRoof(w, d, h) {
  const across = Math.min(w, d) * 0.84;
  return [
    shape('box', [w + 0.3, 0.3, d + 0.3], [0, h, 0], 'trim', passable),
    shape('cylinder', [across, 0.4, across], [0, h + 0.3, 0], 'wall', passable),
    shape('dome', [across, across * 0.46, across], [0, h + 0.7, 0], 'roof', passable),
    shape('sphere', [0.4, 0.4, 0.4], [0, h + 0.8 + across * 0.46, 0], 'gold', decor),
  ];
}

export function flatRoof(w, d, h) {
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

export function house({ w, d, h, doors, roof, awnings }) {
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
