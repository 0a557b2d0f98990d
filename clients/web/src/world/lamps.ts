// lamps: what shines in the world from dusk on: the document's lights and those of its models. A fixed
// few real lights stand at the nearest of them, fading over when one walks on, so that no shader is
// compiled anew; all of them, and the portals, have a halo.

import type { WorldEnvironment, WorldPortal } from '@flux/sdk';
import {
  AdditiveBlending,
  BufferAttribute,
  BufferGeometry,
  Color,
  Group,
  PointLight,
  Points,
  ShaderMaterial,
} from 'three';
import { piecesAt, type Unfolded } from './unfold.ts';
import type { LampPlace } from './world_features.ts';

const HALO_VERTEX = /* glsl */ `
attribute vec4 glow; // rgb, and how wide in metres
varying vec3 vColor;
uniform float pixels; // of a metre at a metre's distance
void main() {
  vec4 at = modelViewMatrix * vec4(position, 1.0);
  // A little before the lamp, so that its own glass, or a portal's slanting disc, does not cut the halo.
  gl_Position = projectionMatrix * (at + vec4(0.0, 0.0, 0.15 * glow.a, 0.0));
  float away = max(-at.z, 0.5);
  gl_PointSize = clamp(glow.a * pixels / away, 2.0, 380.0);
  vColor = glow.rgb * smoothstep(0.6, 3.0, away) * (1.0 - smoothstep(90.0, 170.0, away));
}
`;
const HALO_FRAGMENT = /* glsl */ `
varying vec3 vColor;
void main() {
  float r = length(gl_PointCoord - 0.5) * 2.0;
  float light = 0.55 * pow(max(0.0, 1.0 - r), 3.0) + 0.6 * pow(max(0.0, 1.0 - r * 3.2), 2.0);
  gl_FragColor = vec4(vColor * light, 1.0);
}
`;

/** How much of a halo there is; none by day but for portals. */
const HALO: Readonly<Record<WorldEnvironment['preset'], { lamp: number; portal: number }>> = {
  day: { lamp: 0, portal: 0.1 },
  dusk: { lamp: 0.5, portal: 0.24 },
  night: { lamp: 0.6, portal: 0.2 },
};
const HALO_METRES = 2.6;
/** Lamps say how bright they look; beside the evening's sun their light on things is this much more. */
const LIGHT_TIMES = 2.4;
const PORTAL_GLOW = ['#ffb98a', '#a98bff'] as const;
/** Of a real light's strength, a second. */
const FADE = 2.2;

/** The lights that stand in the document itself. */
export function lampsOf(world: Unfolded): LampPlace[] {
  const pieces = [
    ...world.pieces,
    ...world.copies.flatMap(({ pieces: own, places }) =>
      places.flatMap((place) => piecesAt(own, place)),
    ),
  ];
  return pieces.flatMap(({ shape, matrix }) => {
    if (shape.kind !== 'light') return [];
    const [x, y, z] = matrix.elements.slice(12, 15) as [number, number, number];
    return [{ x, y, z, color: shape.color, intensity: shape.intensity, range: shape.range }];
  });
}

interface RealLight {
  readonly light: PointLight;
  lamp: LampPlace | null;
  /** 0 to 1: fading out when it is to stand elsewhere. */
  share: number;
  wanted: LampPlace | null;
}

export class Lamps {
  readonly group = new Group();
  private readonly lamps: readonly LampPlace[];
  private readonly real: RealLight[] = [];
  private readonly halo: Points<BufferGeometry, ShaderMaterial> | null;

  /** `limit`: real lights at most. By day the sun drowns them and there are none. */
  constructor(
    lamps: readonly LampPlace[],
    portals: readonly WorldPortal[],
    preset: WorldEnvironment['preset'],
    limit: number,
  ) {
    this.lamps = preset === 'day' ? [] : lamps;
    this.setLimit(limit);
    this.halo = this.halos(portals, HALO[preset]);
    if (this.halo) this.group.add(this.halo);
  }

  /** Another number of real lights: all shaders are compiled anew. */
  setLimit(limit: number): void {
    const wanted = Math.min(limit, this.lamps.length);
    for (const { light } of this.real.splice(wanted)) {
      this.group.remove(light);
      light.dispose();
    }
    while (this.real.length < wanted) {
      const light = new PointLight('#ffffff', 0, 10, 1.6);
      this.real.push({ light, lamp: null, share: 0, wanted: null });
      this.group.add(light);
    }
  }

  private halos(
    portals: readonly WorldPortal[],
    share: { lamp: number; portal: number },
  ): Points<BufferGeometry, ShaderMaterial> | null {
    const places: number[] = [];
    const glows: number[] = [];
    const add = (x: number, y: number, z: number, color: string, power: number, wide: number) => {
      const { r, g, b } = new Color(color).multiplyScalar(power);
      places.push(x, y, z);
      glows.push(r, g, b, wide);
    };
    for (const { x, y, z, color } of this.lamps) add(x, y, z, color, share.lamp, HALO_METRES);
    for (const { position, size } of portals) {
      PORTAL_GLOW.forEach((color, i) => {
        add(
          ...(position as [number, number, number]),
          color,
          share.portal,
          size[0] * (1.9 + i * 0.9),
        );
      });
    }
    if (places.length === 0) return null;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(places), 3));
    geometry.setAttribute('glow', new BufferAttribute(new Float32Array(glows), 4));
    const material = new ShaderMaterial({
      vertexShader: HALO_VERTEX,
      fragmentShader: HALO_FRAGMENT,
      uniforms: { pixels: { value: 600 } },
      blending: AdditiveBlending,
      transparent: true,
      depthWrite: false,
    });
    const points = new Points(geometry, material);
    points.renderOrder = 4;
    points.frustumCulled = false;
    return points;
  }

  /** Height of the picture in its own pixels, and the camera's vertical angle in degrees. */
  setView(pixels: number, fieldOfView: number): void {
    const uniform = this.halo?.material.uniforms['pixels'];
    if (uniform) uniform.value = pixels / (2 * Math.tan((fieldOfView * Math.PI) / 360));
  }

  /** Decides which lamps are real: those nearest to a place. A few times a second is enough. */
  settle(x: number, z: number): void {
    if (this.real.length === 0) return;
    const distance = (lamp: LampPlace) => (lamp.x - x) ** 2 + (lamp.z - z) ** 2;
    const nearest = [...this.lamps]
      .sort((a, b) => distance(a) - distance(b))
      .slice(0, this.real.length);
    const free = nearest.filter((lamp) => !this.real.some(({ wanted }) => wanted === lamp));
    for (const one of this.real) {
      if (one.wanted && nearest.includes(one.wanted)) continue;
      one.wanted = free.pop() ?? null;
    }
  }

  /** Once a frame: fades lights out where they are and in where they are wanted. */
  update(delta: number): void {
    for (const one of this.real) {
      const isThere = one.lamp === one.wanted;
      one.share = Math.min(1, Math.max(0, one.share + (isThere ? delta : -delta) * FADE));
      if (!isThere && one.share === 0) this.move(one);
      one.light.intensity = (one.lamp?.intensity ?? 0) * LIGHT_TIMES * one.share;
    }
  }

  private move(one: RealLight): void {
    one.lamp = one.wanted;
    if (!one.lamp) return;
    const { x, y, z, color, range } = one.lamp;
    one.light.position.set(x, y, z);
    one.light.color.set(color);
    one.light.distance = range;
  }

  dispose(): void {
    for (const { light } of this.real) light.dispose();
    this.halo?.geometry.dispose();
    this.halo?.material.dispose();
  }
}
