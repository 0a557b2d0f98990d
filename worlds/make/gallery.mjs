// gallery: a cloister court at golden hour: a pond under a blossom tree, paintings in the arcades and in
// a vaulted hall behind them, portals in the garden before it.
import { addClouds, addGroves, addLand, addSign } from './shared.mjs';
import { World, looking, round } from './tools.mjs';

// The court is 15 m square about the origin and open towards +z; a bay is 3 m wide.
const HALF = 7.5;
const BAY = 3;
const SIDES = { left: 90, back: 0, right: -90 };
const TINTS = { left: '#f7d9a8', back: '#f6cfae', right: '#f7dcb4' };
const PAINTINGS = ['sun', 'mountains', 'rainbow', 'waves', 'leaves'];

// A place in a side's own frame, `along` its front and `out` from it into the court.
function inSide(side, along, out) {
  const turn = (SIDES[side] * Math.PI) / 180;
  const deep = -HALF + out;
  return [
    along * Math.cos(turn) + deep * Math.sin(turn),
    -along * Math.sin(turn) + deep * Math.cos(turn),
  ];
}

function addArcades(world) {
  let picture = 0;
  for (const [side, yaw] of Object.entries(SIDES)) {
    for (let i = -2; i <= 2; i++) {
      const isWay = side === 'back' && i === 0;
      const [x, z] = inSide(side, i * BAY, 0);
      world.built(isWay ? 'arcade-open' : 'arcade-bay', x, z, yaw, { tint: TINTS[side] });
      const [lx, lz] = inSide(side, i * BAY, -0.2);
      world.built('lantern', lx, lz, yaw, { y: 2.8, scale: 0.8 });
      if (isWay) continue;
      const [px, pz] = inSide(side, i * BAY, -3.17);
      world.built(`painting-${PAINTINGS[picture++ % 5]}`, px, pz, yaw, { y: 1.85 });
    }
  }
  world.built('arcade-corner', -HALF, -HALF, 0, { tint: TINTS.left });
  world.built('arcade-corner', HALF, -HALF, -90, { tint: TINTS.right });
}

// Behind the way through the back arcade, along -z.
function addHall(world) {
  const start = -HALF - 3.44;
  for (let i = 0; i < 4; i++) {
    const z = start - BAY * (i + 0.5);
    world.built('gallery-bay', 0, z, 0, { tint: '#f6dfc2' });
    const name = PAINTINGS[(i * 2 + 3) % 5];
    world.built(`painting-${name}`, -3.44, z, 90, { y: 1.8 });
  }
  const end = start - BAY * 4;
  world.built('gallery-end', 0, end - 0.15, 0, { tint: '#cdb9e4' });
  world.built('sculpture-knot', 2.1, end + 8, -40);
  world.built('sculpture-balls', -2, end + 3, 30);
  world.built('bench-stone', 0, end + 5.6, 90);
  world.built('bench-stone', 0, end + 9.4, 90);
  world.green('pot-plant', 2.7, end + 1, 10);
  world.green('pot-blossom', -2.7, end + 0.9, 70);
  // What one sees through the door at the end.
  world.green('tree-blossom', 0.2, end - 5.4, 40, { scale: 1.25 });
  world.green('hedge', -3.4, end - 7.4, 10);
  world.green('hedge', 3.2, end - 7.6, -8);
  world.green('flower-bed-round', 0.2, end - 5.4, 0, { walkThrough: true });
  return end;
}

function addCourt(world) {
  world.built('paving-court', 0, 0);
  world.built('basin-edge', 0, 0);
  world.green('blossom-court', 0, 0, 25, { y: 0.52, scale: 0.95 });
  for (const [x, z, yaw] of [
    [2.1, 1, 0],
    [-1.9, 1.4, 120],
    [-0.9, -2.2, 200],
    [1.6, -1.7, 300],
  ]) {
    world.green('lily-pads', x, z, yaw, { y: 0.35, scale: 0.75 });
  }
  for (const [x, z, yaw] of [
    [-3.6, 4.5, 141],
    [3.6, 4.6, -142],
    [-5, -2, 68],
    [5, -2, -68],
  ]) {
    world.built('bench-stone', x, z, yaw);
  }
  world.built('sculpture-balls', -5.6, -5.6, 45);
  world.built('sculpture-moon', 5.6, -5.6, -45);
  world.built('vase', 5.7, 5.8, 20, { y: 0.85 });
  world.built('pedestal', 5.7, 5.8, 20);
  world.built('sculpture-knot', -5.7, 5.8, 60);
  for (const [name, x, z] of [
    ['pot-blossom', -2.9, -6.7],
    ['pot-plant', 2.9, -6.7],
    ['pot-plant', -6.7, 2.9],
    ['pot-blossom', 6.7, 1.6],
    ['pot-blossom', -6.7, -1.5],
    ['pot-plant', 6.7, -3],
  ]) {
    world.green(name, x, z, (x * 40 + z * 70) % 360);
  }
}

// The lawn before the court: a path between low walls, flowers, lamps and both portals.
function addForecourt(world) {
  for (let i = 0; i < 2; i++) world.built('path-straight', 0, HALF + 3 + 6 * i);
  for (const side of [-1, 1]) {
    for (let i = 0; i < 2; i++) world.built('low-wall', side * (3.6 + 3 * i), HALF + 0.6, 180);
    world.built('lamp', side * 5.1, HALF + 1.5);
    world.built('lamp', side * 4.4, HALF + 9.6);
    world.green('flower-bed-long', side * 3.6, HALF + 2, 0);
    world.green('flower-bed-long', side * 6.4, HALF + 2, 0);
    world.built('bench', side * 3, HALF + 5.4, side * -90);
  }
  for (const portal of Object.values(PORTALS)) {
    world.built('portal', portal.x, portal.z, portal.yaw, { scale: portal.scale });
  }
}

const PORTALS = {
  plaza: { x: -8.4, z: 17, yaw: 122, scale: 0.62 },
  garden: { x: 8.4, z: 17, yaw: -122, scale: 0.62 },
};

function addTrees(world, end) {
  const trees = [
    ['cypress', -13.4, -10, 1.25],
    ['cypress', -12.8, -14.5, 1.4],
    ['cypress', 13.2, -11, 1.3],
    ['cypress', 12.4, -4.4, 1.15],
    ['cypress', -13, 2, 1.2],
    ['cypress', 7.2, -17, 1.3],
    ['round-1', 9.2, -19.6, 1.2],
    ['olive', 6.4, -22.4, 1],
    ['amber', 14.2, 3.4, 1.1],
    ['round-2', -9.4, -18, 1.3],
    ['umbrella', -11.6, -23, 1.3],
    ['big', 14.6, 10.4, 0.9],
    ['blossom', -13.6, 9, 1.15],
    ['olive', -14, 16.4, 1.1],
    ['round-1', 14.4, 20, 1.15],
    ['cypress', -5, 24, 1.1],
    ['cypress', 5, 24, 1.1],
    ['amber', -12, 23, 1.1],
    ['umbrella', 12, 26, 1.2],
    ['round-2', 0, end - 12, 1.4],
  ];
  for (const [kind, x, z, scale] of trees)
    world.green(`tree-${kind}`, x, z, (x * 37 + z * 71) % 360, { scale });
  for (let i = 0; i < 9; i++) {
    const x = -9.6 + 2.4 * i;
    world.green('hedge', x, 27.4, i % 2 ? 4 : -3);
  }
  for (const [x, z] of [
    [4.7, -13.5],
    [5, -17.8],
    [4.8, -20.4],
    [-10.5, 12.6],
    [10.6, 13],
    [-4.4, 20.6],
    [4.4, 20.6],
    [0.4, 22.6],
  ]) {
    world.green(Math.round(x) % 2 ? 'bush-2' : 'bush-blossom', x, z, (x * 50) % 360);
    world.green('tuft-1', x + 1, z + 0.8, (z * 30) % 360);
  }
}

const portalTo = (id, portal, to, spawn, label) => ({
  id,
  to,
  spawn,
  position: [portal.x, round(3.63 * portal.scale), portal.z],
  yaw: portal.yaw,
  size: [round(5.8 * portal.scale), round(5.8 * portal.scale)],
  label,
});

export function gallery() {
  const world = new World();
  const signs = [];
  addArcades(world);
  const end = addHall(world);
  addCourt(world);
  addForecourt(world);
  addTrees(world, end);
  addSign(world, signs, 'welcome', 3.4, HALF + 8, -24, 0.8, {
    en: 'Gallery\nSit by the pond. The hall is behind it.',
    ko: '미술관\n연못가에 앉아 쉬어 가세요. 전시실은 그 뒤에 있습니다.',
  });
  addLand(world, 30);
  addGroves(world, 5, 9, 52, 90);
  addClouds(world, [
    [-20, 180, 54, 2],
    [24, 200, 62, 2.3],
    [70, 190, 50, 1.9],
    [140, 190, 56, 2],
    [230, 200, 60, 2.2],
    [300, 180, 52, 2],
  ]);
  world.far('balloon-2', 26, -80, 0, { y: 24, scale: 1.1 });

  return {
    $schema: 'world.schema.json',
    format: 'flux.world',
    version: 1,
    id: 'gallery',
    name: { en: 'Gallery', ko: '미술관' },
    description: {
      en: 'A cloister court at golden hour: a pond under a blossom tree, paintings, a vaulted hall.',
      ko: '황금빛 저녁의 회랑 안뜰입니다. 꽃나무 아래 연못과 그림, 둥근 천장의 전시실이 있습니다.',
    },
    bounds: { least: [-20, -2, -34], most: [20, 30, 27] },
    spawns: [
      { position: [0, 0.05, 12.6], yaw: looking(0, 12.6), radius: 1.4 },
      { position: [1.2, 0.05, 10.4], yaw: looking(1.2, 10.4), radius: 1 },
    ],
    capacity: 400,
    speed: { walk: 1.9, run: 4.6 },
    earshot: 10,
    environment: {
      preset: 'day',
      exposure: 1.05,
      sky: [
        { at: -0.05, color: '#fbe3bd' },
        { at: 0.05, color: '#fadfb6' },
        { at: 0.16, color: '#e8e3cd' },
        { at: 0.32, color: '#a5d3da' },
        { at: 0.7, color: '#6bb1d6' },
        { at: 1, color: '#4f97c8' },
      ],
      sun: { elevation: 27, azimuth: -118, color: '#ffd9a0', intensity: 4 },
      hemisphere: { sky: '#b9cff2', ground: '#e8cfa8', intensity: 3 },
      fog: { color: '#f1e0c4', near: 24, far: 330 },
      ground: { color: '#a9c587', roughness: 0.95 },
      shade: { url: '/art/gallery-shade.webp', least: [-20, -24], most: [20, 24] },
    },
    objects: world.objects,
    portals: [
      portalTo('to-plaza', PORTALS.plaza, 'plaza', 4, { en: 'Plaza', ko: '광장' }),
      portalTo('to-garden', PORTALS.garden, 'garden', 0, { en: 'Evening garden', ko: '저녁 정원' }),
    ],
    signs,
  };
}
