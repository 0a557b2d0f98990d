// plaza: a round square of cream stone in a small town. One arrives in the south and looks over the
// fountain to the stage under its sail and, to the right of it, the portal; a canal runs along the east,
// and a bridge leads over it to a quiet bank and the way to the gallery.
import { addClouds, addGroves, addLand, addRow, addSign, hang } from './shared.mjs';
import { World, beside, facing, looking, round, rounded } from './tools.mjs';

const STAGE = { x: -8.9, z: -12.2 };
// It looks towards where people arrive.
const PORTAL = { x: 9.6, z: -13.6, yaw: facing(9.6, -13.6, 1, 14), middle: 3.63 };
const GALLERY = { x: 33, z: 2.5, middle: 3.63, scale: 0.8 };
const CANAL = 21;

function addMiddle(world) {
  world.built('paving-plaza', 0, 0);
  world.built('fountain', 0, 0);
  const front = facing(STAGE.x, STAGE.z);
  for (const name of ['stage', 'sail', 'seats']) world.built(name, STAGE.x, STAGE.z, front);
  world.built('portal', PORTAL.x, PORTAL.z, PORTAL.yaw);
  for (const side of [-1, 1]) {
    const [x, z] = beside(PORTAL.x, PORTAL.z, PORTAL.yaw, 3.6, side * 5.6);
    world.built('pylon', x, z);
  }
}

// The edge of the square: houses with their doors to it, arcades in the north, towers behind.
function addTown(world) {
  const houses = [
    ['house-shop', -23.4, 1.6, '#f6d5b4'],
    ['house-terrace', -23.2, -7.6, '#f3e2c7'],
    ['house-dome', -20.4, 11.6, '#fae3b4'],
    ['house-vault', -12.6, 21.4, '#f4cdb0'],
    ['house-terrace', 14.2, 20.6, '#f6d9c6'],
  ];
  for (const [name, x, z, tint] of houses) world.built(name, x, z, facing(x, z), { tint });
  for (let i = 0; i < 8; i++) {
    const x = i < 4 ? -13.8 + 3 * i : -10.2 + 3 * i;
    world.built('arcade-bay', x, -23.6, 0, { tint: i % 2 ? '#f6dcc0' : '#f3e2c7' });
  }
  world.built('tower', -1.5, -25.4, 0, { tint: '#f8e6c8' });
  world.built('tower-round', -17.3, -25.2, 30, { tint: '#f2d3c4' });
  // Beyond the canal.
  world.built('house-vault', 38.4, -8.4, -90, { tint: '#fbdfae' });
  world.built('house-dome', 38.6, 13, -100, { tint: '#f3d0bd' });
  world.far('town-row-1', -12, -37, 4);
  world.far('town-row-2', 27, -36, -14);
  world.far('town-row-2', -39, -12, 78);
  world.far('town-row-1', -37, 26, 118);
  world.far('town-row-1', 14, 41, 184);
  world.far('town-row-2', 53, 4, -88);
  for (const [x, z, yaw] of [[-10, -30.5, 10], [8, -31, -6], [21, -29, -24], [-27, -24, 50]]) world.far('grove', x, z, yaw, { scale: 1.15 });
  world.far('far-tower', -26, -48, 8);
  world.far('far-dome', 13, -50, -10, { scale: 1.25 });
  world.far('far-tower', 48, -30, -40, { scale: 1.1 });
}

function addWater(world) {
  for (let i = -6; i <= 6; i++) world.built('canal', CANAL, i * 6, 90);
  world.built('bridge', CANAL, 2.5, 90);
  for (const [x, z] of [[CANAL - 0.9, -4.6], [CANAL + 0.8, 9], [CANAL - 0.4, 15], [CANAL + 0.6, -11]]) {
    world.green('lily-pads', x, z, z * 40, { y: 0.23 });
  }
  for (const [x, z] of [[CANAL + 1.7, -5.4], [CANAL + 1.75, 8], [CANAL - 1.75, 12.6], [CANAL + 1.7, 14.2], [CANAL - 1.7, -8.8]]) {
    world.green('reeds', x, z, z * 25, { y: 0.1, scale: 0.9 });
  }
  // From the foot of the bridge to the gallery's portal, and from there along the bank.
  world.built('path-straight', 28, 2.5, 90);
  world.built('portal', GALLERY.x, GALLERY.z, -90, { scale: GALLERY.scale });
}

// Closed, so that nobody strays into fields where nothing is: hedges from house to house.
function addHedges(world) {
  const lines = [
    [[-23.8, -11.6], [-19.6, -21.8]], [[-22.8, 5.4], [-21.6, 8.6]], [[-18.6, 15.2], [-16.6, 18.2]],
    [[-8.6, 23.8], [-2.6, 26.4]], [[4.6, 26.4], [10.2, 23.4]], [[18, 19], [18.6, 14]],
    [[12.6, -24.4], [18.4, -22.4]],
    [[23.6, -20.6], [33, -20.6]], [[33, -20.6], [37, -13]], [[37.4, -3.6], [38.6, -1.4]],
    [[38.6, -1.4], [38.6, 7.4]], [[38.4, 17.4], [33, 22]], [[33, 22], [23.6, 22]],
  ];
  for (const [from, to] of lines) addRow(world, 'hedge', 2.4, from, to);
  // Over the water the way ends at low walls.
  addRow(world, 'low-wall', 3, [18.4, -22], [23.6, -22], { kit: 'built' });
  addRow(world, 'low-wall', 3, [18.4, 18.6], [23.6, 22], { kit: 'built' });
  addRow(world, 'low-wall', 3, [-2.6, 26.4], [4.6, 26.4], { kit: 'built' });
  for (const [x, z] of [[-2.6, 26.4], [4.6, 26.4], [18.2, 14], [23.6, 22], [23.6, -20.6]]) world.green('hedge-ball', x, z);
}

const TREES = [
  // Within the square, each in a bed.
  ['tree-big', -10.4, 6.6, 0.92], ['tree-round-1', 11.6, 4.4, 1.15], ['tree-olive', 14.4, -4.2, 1.15],
  ['tree-blossom', -15.6, -2.6, 1],
];
const TREES_OUTSIDE = [
  ['tree-blossom', -11.6, 14.4, 1.25], ['tree-umbrella', 12.6, 14.6, 1.2], ['tree-round-2', -17.6, -18.4, 1.3],
  ['tree-cypress', 3.6, -20.8, 1.15], ['tree-cypress', 15.9, -19.6, 1.25], ['tree-cypress', -3, -20.6, 1.05], ['tree-cypress', 17.2, -15.4, 1],
  ['tree-blossom', 26.4, -6.2, 1.15], ['tree-round-1', 31.4, -13.6, 1.35], ['tree-olive', 26.6, 8.8, 1.15],
  ['tree-blossom', 31.6, 12.6, 1.3], ['tree-amber', 26.8, 16.8, 1.15], ['tree-round-2', 35.4, 18.4, 1.2],
  ['tree-umbrella', 27.4, -16.6, 1.25], ['tree-cypress', 36.6, -2.2, 1.1], ['tree-cypress', 36.6, 7.4, 1.1],
  ['tree-round-2', -6.6, 26.6, 1.2], ['tree-amber', 9.4, 27.4, 1.2], ['tree-round-1', -27.6, -13.6, 1.3], ['tree-cypress', -25.6, 6.6, 1.3],
  ['tree-round-1', 21.6, 26.4, 1.3], ['tree-umbrella', -22.6, 18.6, 1.4],
];

function addTrees(world) {
  for (const [name, x, z, scale] of TREES) {
    world.green(name, x, z, (x * 37 + z * 71) % 360, { scale });
    world.green('flower-bed-round', x, z, (x * 53) % 360);
  }
  for (const [name, x, z, scale] of TREES_OUTSIDE) world.green(name, x, z, (x * 37 + z * 71) % 360, { scale });
}

function addFlowers(world) {
  // Beside the stage, the portal and the doors.
  for (const [x, z, yaw] of [[-15.6, -9.2, 60], [-3.6, -17, 25], [4.4, -17.6, -10], [15.2, -9.4, -60], [-19.4, -2.9, 90], [-18.6, 6.9, 100]]) {
    world.green('flower-bed-long', x, z, yaw);
  }
  for (const [x, z, yaw] of [[-5.4, 13.4, 130], [8.2, 12.2, 230], [16.2, 6.4, 100], [16.2, -1.4, 80]]) world.green('planter', x, z, yaw);
  const pots = [[-19.9, 4.4], [-19.9, -1.2], [-9.4, 18.6], [11, 17.6], [-17.2, 9.4], [3.2, -21.6], [-1.4, -21.6], [29.4, 5.4], [29.4, -0.4], [17.4, 12.2]];
  pots.forEach(([x, z], i) => world.green(i % 2 ? 'pot-blossom' : 'pot-plant', x, z, i * 50));
  const bushes = [
    [-13.2, -18.6], [-10.8, -20.2], [-6.4, -20], [5.6, -19.8], [13.6, -19.4], [18, -12], [-20.4, -13.4], [-19.4, -16.4],
    [24.6, -10.4], [24.8, 13], [34.6, -16.6], [36, 16], [29.6, 19.8], [25, 19.6], [-6.8, 22.8], [8, 22.6], [-16.6, 16.4], [35.4, -5.6], [36.4, 9.4], [-24.6, -3],
  ];
  bushes.forEach(([x, z], i) => world.green(['bush-1', 'bush-2', 'bush-blossom', 'bush-3'][i % 4], x, z, i * 67, { scale: 0.95 + 0.15 * (i % 4) }));
  const tufts = [
    [24.4, -2.6], [25.2, 6.4], [28.4, 10.8], [30.2, 8.4], [28.6, -4.4], [30.8, -8.6], [26.2, -13.2], [33.6, 15.2], [24.6, 17.4], [29.2, 14.8],
    [-10.8, 14.2], [-8.2, 14.6], [-11.2, 11.6], [10.2, 17], [12.6, 16.4], [-3.2, 24.6], [5, 24.6], [-20.6, -18.4], [16.6, -17.6], [-2.2, -19.4],
  ];
  tufts.forEach(([x, z], i) => world.green(['tuft-1', 'grass', 'tuft-2'][i % 3], x, z, i * 40, { scale: 1.2 + 0.2 * (i % 3) }));
  world.green('rocks-1', 25, 11.4, 40);
  world.green('rocks-2', 30.4, -17.6, 100);
}

function addFurniture(world) {
  const lamps = [[-7.2, 8.8], [7.6, 8.4], [-6.6, 16], [8.2, 15.8], [3.4, -12.6], [15.4, -7.8], [-15.8, 5.4], [17, 5.2], [25.8, 5], [25.8, 0], [27.6, 14.4], [27.2, -10.4]];
  lamps.forEach(([x, z], i) => world.built(i % 4 === 3 ? 'lamp-hook' : 'lamp', x, z, facing(x, z) - 90));
  // Quiet corners: under the trees, by the well, on the other bank.
  const benches = [[-8.4, 5.4], [-11.2, 8.9], [9.6, 3.6], [12.8, 6.6], [12.7, -2.9], [-13.6, -1.4]];
  for (const [x, z] of benches) world.built('bench', x, z, facing(x, z));
  world.built('bench', 24.8, -5.6, -90);
  world.built('bench', 24.9, 10.8, -90);
  world.built('bench', 30.4, 11.2, facing(30.4, 11.2, 22, 4));
  world.built('bench-stone', 30, -12, facing(30, -12, 22, -4));
  world.built('well', -15.2, 12.2, 130);
  // The cafe before the shop.
  for (const [x, z, yaw] of [[-16.9, 2.2, 15], [-17.2, -5.2, 80]]) world.built('cafe-table', x, z, yaw);
  world.built('market-stall', 16.6, 10.4, facing(16.6, 10.4, 4, 8));
  for (const [x, z, tint] of [[-3.4, -15.4, '#2f9193'], [4.6, -14.6, '#8470c0'], [-16.2, -11.4, '#f2795f'], [15.9, -12.2, '#f3b33e']]) {
    world.built('banner', x, z, facing(x, z), { tint });
  }
  hang(world, 'bunting', [-7.2, 8.8], [-15.8, 5.4], 3.1);
  hang(world, 'bunting', [7.6, 8.4], [17, 5.2], 3.1);
  hang(world, 'lights-string', [-6.6, 16], [-7.2, 8.8], 3.1);
  hang(world, 'lights-string', [8.2, 15.8], [7.6, 8.4], 3.1);
  hang(world, 'lantern-string', [-3.4, -15.4], [4.6, -14.6], 4.7);
}

function addSigns(world) {
  const signs = [];
  addSign(world, signs, 'welcome', -6.2, 11.4, 42, 0.8, {
    en: 'Welcome to the plaza!\nWalk up to people to talk.',
    ko: '광장에 오신 것을 환영합니다!\n가까이 다가가 이야기해 보세요.',
  });
  addSign(world, signs, 'to-the-portal', 3.6, -8.2, 4, 0.7, { en: 'Portal →\nStep through to the garden', ko: '포털 →\n걸어서 정원으로' });
  addSign(world, signs, 'to-the-gallery', 15.6, 0.3, -80, 0.8, { en: 'Over the bridge:\nthe gallery', ko: '다리를 건너면\n미술관입니다' });
  return signs;
}

const spawnAt = (x, z, radius, y = 0.05) => ({ position: rounded([x, y, z]), yaw: looking(x, z), radius });

export function plaza() {
  const world = new World();
  addMiddle(world);
  addTown(world);
  addWater(world);
  addHedges(world);
  addTrees(world);
  addFlowers(world);
  addFurniture(world);
  const signs = addSigns(world);
  addLand(world, 20);
  addGroves(world, 7, 16, 58, 104);
  addClouds(world, [[-26, 190, 58, 2.1], [12, 210, 66, 2.4], [44, 180, 50, 1.9], [100, 200, 60, 2.2], [165, 190, 56, 2], [235, 200, 64, 2.3], [300, 180, 54, 1.9]]);
  world.far('balloon-1', -20, -70, 30, { y: 24, scale: 1.1 });
  world.far('balloon-2', 40, -92, 0, { y: 30, scale: 1.3 });
  world.far('balloon-3', 80, 20, 0, { y: 26, scale: 1.2 });

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
    bounds: { least: [-28, -2, -28], most: [42, 40, 30] },
    // One terrace: friends arrive within earshot of each other. The last two lie before the portals, for
    // those who come back through them (their places in this list are named by the other worlds).
    spawns: [
      spawnAt(0.4, 14.2, 1.7),
      spawnAt(2.4, 15.4, 1.3),
      spawnAt(-1.6, 15.4, 1.3),
      { ...spawnAt(...beside(PORTAL.x, PORTAL.z, PORTAL.yaw, 7.6), 1), portal: true },
      { ...spawnAt(27.3, 2.5, 0.7, 0.04), portal: true },
    ],
    capacity: 12000,
    speed: { walk: 1.9, run: 4.6 },
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
      shade: { url: '/art/plaza-shade.webp', least: [-32, -32], most: [44, 32] },
    },
    objects: world.objects,
    portals: [
      {
        id: 'to-garden',
        to: 'garden',
        spawn: 0,
        position: [PORTAL.x, PORTAL.middle, PORTAL.z],
        yaw: PORTAL.yaw,
        size: [5.8, 5.8],
        label: { en: 'Evening garden', ko: '저녁 정원' },
      },
      {
        id: 'to-gallery',
        to: 'gallery',
        spawn: 0,
        position: [GALLERY.x, round(GALLERY.middle * GALLERY.scale), GALLERY.z],
        yaw: -90,
        size: [round(5.8 * GALLERY.scale), round(5.8 * GALLERY.scale)],
        label: { en: 'Gallery', ko: '미술관' },
      },
    ],
    signs,
  };
}
