// walk_goal: a ring on the ground where a walk by ourselves leads.

import { CircleGeometry, Mesh, ShaderMaterial } from 'three';

const RADIUS = 0.55;
const FADE = 5; // a second

const VERTEX = /* glsl */ `
varying vec2 vAt;
void main() {
  vAt = position.xy;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`;
const FRAGMENT = /* glsl */ `
varying vec2 vAt;
uniform float share;
uniform float seconds;
void main() {
  float r = length(vAt);
  float ring = smoothstep(0.14, 0.0, abs(r - 0.72 - 0.06 * sin(seconds * 4.0)));
  float heart = 0.35 * smoothstep(0.62, 0.1, r);
  gl_FragColor = vec4(vec3(1.0, 0.72, 0.36), (ring + heart) * share * 0.85);
  #include <colorspace_fragment>
}
`;

export class WalkGoal {
  readonly mesh: Mesh<CircleGeometry, ShaderMaterial>;
  private readonly share = { value: 0 };
  private readonly seconds = { value: 0 };

  constructor() {
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { share: this.share, seconds: this.seconds },
      transparent: true,
      depthWrite: false,
    });
    this.mesh = new Mesh(new CircleGeometry(1, 32), material);
    this.mesh.rotation.x = -Math.PI / 2;
    this.mesh.scale.setScalar(RADIUS);
    this.mesh.renderOrder = 3;
    this.mesh.visible = false;
  }

  /** `place`: where the walk leads; null when there is none. */
  update(
    place: { readonly x: number; readonly y: number; readonly z: number } | null,
    delta: number,
  ): void {
    const { share, mesh } = this;
    this.seconds.value += delta;
    share.value = Math.min(1, Math.max(0, share.value + (place ? delta : -delta) * FADE));
    mesh.visible = share.value > 0;
    if (place) mesh.position.set(place.x, place.y + 0.03, place.z);
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
