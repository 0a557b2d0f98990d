// far_people: everybody as a small picture turned to the eye, drawn straight from the picture's arrays:
// what a frame changed goes to the GPU as it is, and the shader does the rest. Who has a body is veiled.

import type { PictureView } from '@flux/sdk';
import {
  DoubleSide,
  Group,
  InstancedBufferGeometry,
  type IUniform,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
  UniformsLib,
  UniformsUtils,
  Vector3,
  Vector4,
} from 'three';
import { IMPOSTOR_FRAGMENT, IMPOSTOR_VERTEX, SPOT_VERTEX } from './impostor_shader.ts';
import { loadImpostors } from './impostors.ts';
import { instances, touch } from './instances.ts';
import type { PeopleUniforms } from './people_material.ts';
import { SPOT_FRAGMENT } from './spot_shader.ts';

/** How much of somebody's small picture is shown: a byte a row. */
export const VEIL = {
  shown: 0,
  hidden: 255,
  /** `share`, 0 to 1, of it has gone. */
  leaving: (share: number) => 1 + Math.round(share * 126),
  /** `share`, 0 to 1, of it has come. */
  coming: (share: number) => 128 + Math.round(share * 126),
} as const;

type Quads = Mesh<InstancedBufferGeometry, ShaderMaterial>;
type Rows = ReturnType<typeof instances>;

export class FarPeople {
  readonly group = new Group();
  /** Of each row of the picture. Write, then say so. */
  readonly veil: Uint8Array;
  areVeilsNew = true;
  private readonly picture: PictureView;
  private readonly rows: readonly Rows[];
  private readonly veils: Rows;
  private readonly quads: Quads;
  private readonly spots: Quads;
  private isAsked = false;
  private isDisposed = false;

  constructor(picture: PictureView, uniforms: PeopleUniforms) {
    this.picture = picture;
    this.veil = new Uint8Array(picture.capacity).fill(VEIL.hidden);
    this.veils = instances(this.veil, 1, true);
    const moves: readonly (readonly [string, Rows])[] = [
      ['from', instances(picture.from, 4)],
      ['to', instances(picture.to, 4)],
      ['time', instances(picture.time, 2)],
    ];
    const acts: readonly (readonly [string, Rows])[] = [
      ['looks', instances(picture.look, 1, true)],
      ['pose', instances(picture.pose, 1, true)],
    ];
    this.rows = [...moves, ...acts].map(([, rows]) => rows);
    this.quads = quads([...moves, ...acts, ['veil', this.veils]], quadMaterial(uniforms));
    this.spots = quads([...moves, ['veil', this.veils]], spotMaterial(uniforms));
    this.spots.renderOrder = 1;
    this.group.add(this.quads, this.spots);
    this.group.visible = false;
  }

  /** The atlas is larger than all else one walks in with, and comes when the first is that far away. */
  private load(): void {
    this.isAsked = true;
    loadImpostors().then(
      ({ texture, cells, metres, necks }) => {
        if (this.isDisposed) return;
        const told = this.quads.material.uniforms as Record<string, IUniform>;
        told['atlas'] = { value: texture };
        told['cells'] = { value: new Vector4(...cells) };
        told['metres'] = { value: new Vector3(...metres) };
        told['necks'] = { value: necks.flat() };
        this.quads.material.uniformsNeedUpdate = true;
        this.group.visible = true;
      },
      // Without the atlas those far away are not seen; everything else goes on.
      () => undefined,
    );
  }

  /** Takes over what the last frames changed. */
  update(): void {
    const dirty = this.picture.takeDirty();
    const { count } = this.picture;
    if (dirty) {
      const last = Math.min(dirty.last, count);
      if (dirty.first < last) for (const rows of this.rows) touch(rows, dirty.first, last);
    }
    this.quads.geometry.instanceCount = this.spots.geometry.instanceCount = count;
    this.quads.visible = this.spots.visible = count > 0;
  }

  showVeils(): void {
    if (!this.areVeilsNew || this.picture.count === 0) return;
    this.areVeilsNew = false;
    const { count } = this.picture;
    if (!this.isAsked && this.veil.subarray(0, count).some((veil) => veil !== VEIL.hidden))
      this.load();
    touch(this.veils, 0, count);
  }

  dispose(): void {
    this.isDisposed = true;
    for (const { geometry, material } of [this.quads, this.spots]) {
      geometry.dispose();
      material.dispose();
    }
  }
}

function quads(rows: readonly (readonly [string, Rows])[], material: ShaderMaterial): Quads {
  const plane = new PlaneGeometry(1, 1);
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('position', plane.getAttribute('position'));
  geometry.setIndex(plane.getIndex());
  geometry.instanceCount = 0;
  for (const [name, attribute] of rows) geometry.setAttribute(name, attribute);
  const mesh: Quads = new Mesh(geometry, material);
  mesh.frustumCulled = false;
  return mesh;
}

function quadMaterial(uniforms: PeopleUniforms): ShaderMaterial {
  const { ticks, tickSeconds, palette, figures } = uniforms;
  return new ShaderMaterial({
    vertexShader: IMPOSTOR_VERTEX,
    fragmentShader: IMPOSTOR_FRAGMENT,
    uniforms: {
      ...UniformsUtils.clone({ ...UniformsLib.lights, ...UniformsLib.fog }),
      ticks,
      tickSeconds,
      palette,
      atlas: { value: null },
      figures,
      cells: { value: new Vector4() },
      metres: { value: new Vector3() },
      necks: { value: new Float32Array(48) },
    },
    lights: true,
    fog: true,
    side: DoubleSide,
  });
}

function spotMaterial({ ticks }: PeopleUniforms): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: SPOT_VERTEX,
    fragmentShader: SPOT_FRAGMENT,
    uniforms: { ticks },
    transparent: true,
    depthWrite: false,
  });
}
