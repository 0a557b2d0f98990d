// garden: a quiet lawn at dusk: a pond with a bridge, a lit pavilion, blossom trees and lanterns.
import { addClouds, addGroves, addLand, addRow, addSign, hang } from './shared.mjs';
import { World, beside, facing, looking, round, seeded } from './tools.mjs';

const PORTAL = { x: 0, z: 17, middle: 3.63 };
const PAVILION = { x: 8.6, z: -12.4 };

// The pond lies along x and the bridge over its narrow middle; stones lead from the portal round it.
function addMiddle(world) {
  world.built('portal', PORTAL.x, PORTAL.z, 180);
  world.green('pond', 0, -2.6, 0, { scale: 1.1 });
  world.built('bridge', 0.4, -2.6, 0);
  world.green('pavilion', PAVILION.x, PAVILION.z, facing(PAVILION.x, PAVILION.z, 2, -7.5));
  const stones = [
    [0, 10.6], [0.3, 9.4], [-0.1, 8.2], [0.2, 7], [0.5, 5.8], [0.3, 4.6], [0.4, 3.4], [0.3, 2.6],
    [0.5, -7.6], [1.2, -8.6], [2.2, -9.3], [3.3, -9.8], [4.4, -10.3], [5.4, -10.9],
    [-1, 7.6], [-2.2, 7.4], [-3.4, 7], [-4.6, 6.4], [-5.7, 5.6], [-6.6, 4.6], [-7.3, 3.4], [-7.8, 2.1],
    [1.4, 7.2], [2.6, 7.1], [3.8, 6.8], [5, 6.3], [6.1, 5.6], [7, 4.7],
    [-0.4, -8.6], [-1.5, -9.4], [-2.7, -10], [-4, -10.6], [-5.2, -11.4],
  ];
  stones.forEach(([x, z], i) => world.green('stepping-stone', x, z, (i * 67) % 360, { scale: 0.9 + 0.25 * ((i * 3) % 4) / 4 }));
  addVerge(world, stones);
}

// Grass and flowers grow beside the stones, in clumps, on either side by turns.
function addVerge(world, stones) {
  const next = seeded(57);
  const kinds = ['grass', 'tuft-1', 'grass', 'tuft-2'];
  stones.forEach(([x, z], i) => {
    const angle = (i % 2 ? 0 : Math.PI) + 1.4 * (next() - 0.5);
    for (let k = 0; k < 2; k++) {
      const out = 0.85 + 0.5 * k + 0.3 * next();
      const [atX, atZ] = [x + out * Math.cos(angle + 0.5 * k), z + out * Math.sin(angle + 0.5 * k)];
      const isFree = stones.every(([sx, sz]) => Math.hypot(atX - sx, atZ - sz) > 0.72) && Math.hypot(atX, atZ - 8.8) > 1.2;
      if (isFree) world.green(kinds[(i + k) % 4], atX, atZ, next() * 360, { scale: 0.8 + 0.5 * next() });
    }
  });
}

function addShore(world) {
  for (const [x, z] of [[-3.4, -3.4], [3.2, -1.6], [-2.6, -0.9], [3.6, -4.1]]) world.green('lily-pads', x, z, x * 60, { y: 0.18 });
  for (const [x, z] of [[-5.6, -3.8], [-4.6, -5.3], [5.4, -0.4], [5.9, -3.4], [-5.7, -0.9], [2.9, -6.3]]) {
    world.green('reeds', x, z, x * 45, { scale: 0.9 + 0.1 * Math.abs(x % 2) });
  }
  for (const [x, z, name] of [[-6.8, -5.2, 'rocks-1'], [6.9, -1.6, 'rocks-2'], [4.8, -6, 'rocks-2'], [-3.4, 2, 'rocks-2'], [-9, -9.6, 'rocks-1']]) {
    world.green(name, x, z, x * 50);
  }
}

const TREES = [
  ['tree-blossom', -7.6, 7.6, 1.25], ['tree-blossom', 8.4, 7.2, 1.2], ['tree-blossom', -8.8, -9.2, 1.35], ['tree-blossom', 3.4, -15.2, 1.15],
  ['blossom-court', -11.8, -1.6, 0.86], ['tree-olive', 11.6, -0.6, 1.2], ['tree-blossom', 13.6, -8.2, 1.2], ['tree-round-2', -4.2, -16, 1.25],
  ['tree-amber', 12.4, 5.8, 1.2], ['tree-umbrella', -14.2, 7.6, 1.2],
];

// Hedge and trees close the lawn all round; behind the portal it stands a little back.
function addEdge(world) {
  const corners = 14;
  const radius = 21.5;
  const at = (i) => [radius * Math.sin((i * 2 * Math.PI) / corners), -1 + radius * Math.cos((i * 2 * Math.PI) / corners)];
  for (let i = 0; i < corners; i++) addRow(world, 'hedge', 2.7, at(i), at(i + 1), { scale: 1.15 });
  const next = seeded(21);
  const kinds = ['tree-round-1', 'tree-cypress', 'tree-blossom', 'tree-cypress', 'tree-round-2', 'tree-umbrella'];
  for (let i = 0; i < 18; i++) {
    const angle = ((i + 0.4 * next()) * Math.PI * 2) / 18;
    const out = 23.6 + 2.6 * next();
    world.green(kinds[i % 6], out * Math.sin(angle), -1 + out * Math.cos(angle), next() * 360, { scale: 1.1 + 0.35 * next() });
  }
}

function addPlanting(world) {
  for (const [name, x, z, scale] of TREES) world.green(name, x, z, (x * 37 + z * 71) % 360, { scale });
  for (const [x, z] of [[-7.6, 7.6], [8.4, 7.2], [3.4, -15.2]]) world.green('flower-bed-round', x, z, x * 40);
  for (const [x, z, yaw] of [[-3.6, 13.6, 150], [3.6, 13.6, 210], [11.9, -13.8, -60]]) world.green('flower-bed-long', x, z, yaw);
  for (const side of [-1, 1]) {
    const [x, z] = beside(PAVILION.x, PAVILION.z, facing(PAVILION.x, PAVILION.z, 2, -7.5), 2.9, side * 1.9);
    world.green(side < 0 ? 'pot-plant' : 'pot-blossom', x, z, 30);
  }
  const next = seeded(33);
  const small = ['tuft-1', 'grass', 'tuft-2', 'bush-2', 'grass', 'bush-blossom', 'tuft-2', 'bush-3'];
  for (let i = 0, placed = 0; placed < 46 && i < 400; i++) {
    const angle = next() * Math.PI * 2;
    const out = 8.5 + 11.5 * Math.sqrt(next());
    const [x, z] = [out * Math.sin(angle), -1 + out * Math.cos(angle)];
    const free = Math.abs(x) > 2.6 && Math.hypot(x, z - PORTAL.z) > 7.2 && Math.hypot(x - PAVILION.x, z - PAVILION.z) > 4.6
      && (Math.abs(x) > 9.5 || z < -9.5 || z > 8.2);
    const spawnFree = Math.hypot(x, z - 8.4) > 4.4;
    if (!free || !spawnFree) continue;
    world.green(small[placed % small.length], x, z, next() * 360, { scale: 0.9 + 0.6 * next() });
    placed++;
  }
}

function addFurniture(world) {
  const lamps = [[-5, 7.4], [6, 7], [-6.9, 0.9], [7.2, 1.6], [-3, -8.2], [4.6, -8], [-10.8, 4.4], [12.8, -4.2]];
  lamps.forEach(([x, z], i) => world.built(i % 2 ? 'lamp-hook' : 'lamp', x, z, facing(x, z) - 90));
  for (const [x, z] of [[-8.9, 3.4], [8.6, 3], [-6.4, -11.8], [13, 2.2]]) world.built('bench', x, z, facing(x, z, 0, -2.6));
  world.built('bench-stone', -10.4, -5.6, facing(-10.4, -5.6, 0, -2.6));
  hang(world, 'lantern-string', [-6.9, 0.9], [-10.8, 4.4], 3.3);
  hang(world, 'lantern-string', [-3, -8.2], [4.6, -8], 3.4);
  hang(world, 'lights-string', [4.6, -8], [8, -10.4], 3);
  for (const [x, y, z] of [[-7, 2.6, 6.6], [9.2, 2.5, 6.5], [-8.2, 2.7, -8.2], [-10.6, 2.9, -1], [-12.4, 3, -3], [3.9, 2.5, -14.4], [13, 2.5, -7.4]]) {
    world.built('lantern', x, z, 0, { y });
  }
}

const spawnAt = (x, z, radius) => ({ position: [x, 0, z], yaw: looking(x, z, 0.4, -6), radius });

export function garden() {
  const world = new World();
  addMiddle(world);
  addShore(world);
  addPlanting(world);
  addEdge(world);
  addFurniture(world);
  const signs = [];
  addSign(world, signs, 'welcome', 4, 4.6, -30, 0.85, {
    en: 'Evening garden\nSpeak softly, stay long.',
    ko: '저녁 정원\n조용히, 오래 머물러 주세요.',
  });
  addLand(world, 140);
  addGroves(world, 9, 18, 34, 92);
  addClouds(world, [[-30, 190, 52, 2], [20, 210, 60, 2.3], [70, 180, 50, 2], [150, 200, 58, 2.2], [220, 190, 54, 2], [290, 200, 60, 2.2]]);
  world.far('balloon-3', -30, -70, 30, { y: 24, scale: 1.1 });
  world.far('far-tower', -34, -62, 20, { scale: 1.2 });
  world.far('town-row-2', 30, -78, -20);

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
    bounds: { least: [-24, -2, -25], most: [24, 30, 23] },
    spawns: [spawnAt(0, 8.4, 1.6), spawnAt(-2.2, 9.2, 0.9), spawnAt(2.2, 9.2, 0.7)],
    capacity: 300,
    speed: { walk: 1.9, run: 4.6 },
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
      ground: { color: '#83b07c', roughness: 0.95 },
      shade: { url: '/art/garden-shade.webp', least: [-28, -29], most: [28, 27] },
    },
    objects: world.objects,
    portals: [
      {
        id: 'to-plaza',
        to: 'plaza',
        spawn: 3,
        position: [PORTAL.x, round(PORTAL.middle), PORTAL.z],
        yaw: 180,
        size: [5.8, 5.8],
        label: { en: 'Plaza', ko: '광장' },
      },
    ],
    signs,
  };
}
