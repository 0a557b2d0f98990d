// lamps: the document's point lights. A fixed few real lights stand at the nearest places, so that no
// shader is compiled anew; all of them have a halo from dusk on.

import type { WorldEnvironment } from '@flux/sdk';
import {
  AdditiveBlending,
  BufferAttribute,
  BufferGeometry,
  Color,
  Group,
  PointLight,
  Points,
  ShaderMaterial,
  Vector3,
} from 'three';
import { piecesAt, type Unfolded } from './unfold.ts';

interface Lamp {
  readonly at: Vector3;
  readonly color: Color;
  readonly intensity: number;
  readonly range: number;
}

const HALO_VERTEX = /* glsl */ `
attribute vec3 color;
varying vec3 vColor;
void main() {
  vColor = color;
  vec4 at = modelViewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * at;
  gl_PointSize = clamp(900.0 / -at.z, 4.0, 220.0);
}
`;
const HALO_FRAGMENT = /* glsl */ `
varying vec3 vColor;
void main() {
  float r = length(gl_PointCoord - 0.5) * 2.0;
  float light = pow(max(0.0, 1.0 - r), 2.6);
  gl_FragColor = vec4(vColor * light * 0.5, 1.0);
}
`;

function lampsOf(world: Unfolded): Lamp[] {
  const pieces = [
    ...world.pieces,
    ...world.copies.flatMap(({ pieces: own, places }) =>
      places.flatMap((place) => piecesAt(own, place)),
    ),
  ];
  return pieces.flatMap(({ shape, matrix }) =>
    shape.kind === 'light'
      ? [
          {
            at: new Vector3().setFromMatrixPosition(matrix),
            color: new Color(shape.color),
            intensity: shape.intensity,
            range: shape.range,
          },
        ]
      : [],
  );
}

export class Lamps {
  readonly group = new Group();
  private readonly lamps: Lamp[];
  private readonly lights: PointLight[] = [];
  private readonly halo: Points<BufferGeometry, ShaderMaterial> | null = null;

  /** `limit`: real lights at most. By day the sun drowns them and there are none. */
  constructor(world: Unfolded, preset: WorldEnvironment['preset'], limit: number) {
    this.lamps = lampsOf(world);
    if (preset === 'day' || this.lamps.length === 0) return;
    for (let i = 0; i < Math.min(limit, this.lamps.length); i++) {
      const light = new PointLight();
      this.lights.push(light);
      this.group.add(light);
    }
    this.halo = this.halos();
    this.group.add(this.halo);
  }

  private halos(): Points<BufferGeometry, ShaderMaterial> {
    const geometry = new BufferGeometry();
    geometry.setAttribute(
      'position',
      new BufferAttribute(new Float32Array(this.lamps.flatMap(({ at }) => at.toArray())), 3),
    );
    geometry.setAttribute(
      'color',
      new BufferAttribute(new Float32Array(this.lamps.flatMap(({ color }) => color.toArray())), 3),
    );
    const material = new ShaderMaterial({
      vertexShader: HALO_VERTEX,
      fragmentShader: HALO_FRAGMENT,
      blending: AdditiveBlending,
      transparent: true,
      depthWrite: false,
    });
    const points = new Points(geometry, material);
    points.renderOrder = 4;
    return points;
  }

  /** Puts the real lights at the lamps nearest to a place; a few times a second is enough. */
  settle(x: number, z: number): void {
    if (this.lights.length === 0) return;
    const distance = ({ at }: Lamp) => (at.x - x) ** 2 + (at.z - z) ** 2;
    const nearest = [...this.lamps].sort((a, b) => distance(a) - distance(b));
    this.lights.forEach((light, i) => {
      const lamp = nearest[i];
      if (!lamp) return;
      light.position.copy(lamp.at);
      light.color.copy(lamp.color);
      light.intensity = lamp.intensity;
      light.distance = lamp.range;
    });
  }

  dispose(): void {
    for (const light of this.lights) light.dispose();
    this.halo?.geometry.dispose();
    this.halo?.material.dispose();
  }
}
