// plaza: a round square of cream stone with a fountain, a stage, houses and the portal.
import { domeRoof, flatRoof, house, vaultRoof } from './houses.mjs';
import { LEAVES, addClouds, addFarTrees, addHills, addPortalSteps, leaves, sharedPrefabs, signOnPost } from './shared.mjs';
import { balloon, cloud, dayGlow, flag, materials, pot } from './things.mjs';
import { World, decor, degrees, facing, passable, round, seeded, shape, turned } from './tools.mjs';

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

export function plaza() {
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
      { position: [0, 0, 11.2], yaw: 0, radius: 3 },
      { position: [4, 0, -9.6], yaw: 157, radius: 2.2 },
      { position: [10.4, 0, 4.8], yaw: 65, radius: 2.2 },
      { position: [-8.2, 0, 5], yaw: -20, radius: 1.8 },
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
