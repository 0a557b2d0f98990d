// shared: what both worlds have: the portal and its steps, far trees, hills, clouds, sign posts.
import { bed, bench, bush, flowers, lamp, signPost, treeCypress, treeFar, treeRound, treeUmbrella } from './things.mjs';
import { decor, round, rounded, seeded, shape } from './tools.mjs';

export const sharedPrefabs = (lit) => ({
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

export const LEAVES = ['leaf', 'leaf-olive', 'leaf-blossom', 'leaf-amber', 'leaf-teal'];
export const leaves = (name) => (name === 'leaf' ? {} : { materials: { leaf: name } });

// Round steps up to the portal, and its frame. Returns the middle's height.
export function addPortalSteps(world, x, z, yaw) {
  for (const [i, radius] of [5.4, 4.7, 4, 3.3].entries()) {
    const material = i % 2 ? 'blush' : 'lime';
    world.add('portal-step', shape('cylinder', [radius * 2, 0.22, radius * 2], [x, 0.22 * i, z], material));
  }
  const middle = 0.88 + 2.75;
  world.place('portal-frame', x, z, yaw, { y: middle });
  return middle;
}

export function addFarTrees(world, seed, count, least, most, keepFree) {
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

export function addHills(world, hills) {
  for (const [x, z, width, height, depth, far] of hills) {
    world.add('hill', shape('dome', [width, height, depth], [x, -1, z], far ? 'hill-far' : 'hill', decor));
  }
}

export function addClouds(world) {
  for (const [x, y, z, scale] of [[-88, 46, -190, 1.3], [66, 56, -210, 1.5], [170, 44, -120, 1.2], [-180, 58, -90, 1.4], [-40, 62, 200, 1.3], [120, 52, 160, 1.5]]) {
    world.place('cloud', x, z, 0, { y, scale });
  }
}

// The board of the prefab "sign-post" that stands there.
export function signOnPost(id, x, z, yaw, scale, text) {
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
