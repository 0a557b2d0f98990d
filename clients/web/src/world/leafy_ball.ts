// leafy_ball: a rough ball with leaves standing off it, whose normals are mostly the ball's, so that it
// is lit softly and still reads as leaves.

import type { Vector3 } from '@flux/sdk';
import { type BufferGeometry, IcosahedronGeometry, Vector3 as Vector } from 'three';
import type { EyeDetail } from './forms.ts';
import { geometryOf } from './turned.ts';

/** Smaller ones than this, in metres, are bushes: fewer and larger leaves do. */
const SMALL = 1.3;

interface Foliage {
  readonly leaves: number;
  /** Of the whole's half extent. */
  readonly leaf: number;
  /** How often the core's twenty faces are split. */
  readonly core: number;
}

const FOLIAGE: Readonly<Record<EyeDetail, { readonly tree: Foliage; readonly bush: Foliage }>> = {
  fine: {
    tree: { leaves: 84, leaf: 0.29, core: 1 },
    bush: { leaves: 26, leaf: 0.44, core: 1 },
  },
  light: {
    tree: { leaves: 22, leaf: 0.44, core: 0 },
    bush: { leaves: 8, leaf: 0.6, core: 0 },
  },
};

/** Cheap, smooth, the same everywhere: a few crossed waves. */
function bump(p: Vector): number {
  return (
    Math.sin(p.x * 5.1 + p.y * 3.3) * 0.5 +
    Math.sin(p.y * 6.7 - p.z * 4.1 + 1.3) * 0.3 +
    Math.sin(p.z * 7.9 + p.x * 6.3 + 4.0) * 0.2
  );
}

export function leafyBall(size: Vector3, detail: EyeDetail): BufferGeometry {
  const position: number[] = [];
  const normal: number[] = [];
  const index: number[] = [];
  const [x, y, z] = size.map((extent) => extent / 2) as [number, number, number];
  const put = (p: Vector, n: Vector) => {
    position.push(p.x * x, p.y * y, p.z * z);
    normal.push(n.x, n.y, n.z);
    return position.length / 3 - 1;
  };

  const {
    leaves,
    leaf,
    core: splits,
  } = FOLIAGE[detail][Math.max(...size) < SMALL ? 'bush' : 'tree'];
  const core = new IcosahedronGeometry(1, splits);
  const corners = core.getAttribute('position');
  for (let i = 0; i < corners.count; i++) {
    const n = new Vector().fromBufferAttribute(corners, i).normalize();
    index.push(put(n.clone().multiplyScalar(0.9 + 0.07 * bump(n.clone().multiplyScalar(1.4))), n));
  }
  core.dispose();

  const golden = Math.PI * (3 - Math.sqrt(5));
  for (let i = 0; i < leaves; i++) {
    const up = 1 - (2 * (i + 0.5)) / leaves;
    const around = i * golden;
    const flat = Math.sqrt(1 - up * up);
    const n = new Vector(Math.cos(around) * flat, up, Math.sin(around) * flat);
    const at = n.clone().multiplyScalar(0.9 + 0.09 * bump(n.clone().multiplyScalar(1.4)));
    const twist = i * 2.4;
    const side = new Vector(-n.z, 0.25 * Math.sin(twist), n.x).normalize();
    const along = new Vector().crossVectors(n, side).multiplyScalar(Math.cos(twist));
    along.addScaledVector(side, Math.sin(twist)).addScaledVector(n, 0.42).normalize();
    const across = new Vector().crossVectors(along, n).normalize();
    const soft = n.clone().multiplyScalar(0.85).addScaledVector(along, 0.3).normalize();
    const root = put(at.clone().addScaledVector(along, -leaf * 0.4), soft);
    const left = put(at.clone().addScaledVector(across, -leaf * 0.34), soft);
    const tip = put(at.clone().addScaledVector(along, leaf * 0.7), soft);
    const right = put(at.clone().addScaledVector(across, leaf * 0.34), soft);
    // Seen from behind a leaf is dark: every third turns its back, as if another shaded it.
    if (i % 3 === 0) index.push(root, left, tip, root, tip, right);
    else index.push(root, tip, left, root, right, tip);
  }
  return geometryOf(position, normal, index);
}
