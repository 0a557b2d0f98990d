// garden: a quiet place at dusk: a pond, a bridge and a lit pavilion.
import { addFarTrees, addHills, addPortalSteps, leaves, sharedPrefabs, signOnPost } from './shared.mjs';
import { duskGlow, materials } from './things.mjs';
import { World, decor, passable, round, seeded, shape, turned } from './tools.mjs';

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

export function garden() {
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
      { position: [-2, 0, 6], yaw: -13, radius: 3 },
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
