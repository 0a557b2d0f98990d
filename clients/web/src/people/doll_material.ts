// doll_material: three's materials with the doll's vertex code put in.

import {
  Color,
  DoubleSide,
  type IUniform,
  type Material,
  MeshDepthMaterial,
  MeshLambertMaterial,
  type Texture,
  Vector4,
} from 'three';
import { FIGURES } from './doll/outfits.ts';
import { type DollSource, dollDeclarations, dollMain } from './doll_shader.ts';
import { farPoseTable } from './far_pose_table.ts';
import { LOOK_FIELDS } from './look.ts';

export interface DollUniforms {
  [name: string]: IUniform;
  /** The server's tick after the picture's epoch. */
  readonly ticks: IUniform<number>;
  readonly tickSeconds: IUniform<number>;
  /** A row of bones for each near doll. */
  readonly bones: IUniform<Texture | null>;
  /** Vertices kept for each near doll. */
  readonly dollVertices: IUniform<number>;
}

export function dollUniforms(): DollUniforms {
  const palette = LOOK_FIELDS.flatMap((field) =>
    (field.swatches ?? []).map((color) => new Color(color)),
  );
  return {
    ticks: { value: 0 },
    tickSeconds: { value: 0.05 },
    bones: { value: null },
    dollVertices: { value: 1 },
    figures: { value: FIGURES.map((figure) => new Vector4(...figure)) },
    poses: { value: farPoseTable() },
    palette: { value: palette },
  };
}

export function dollMaterial(source: DollSource, uniforms: DollUniforms): Material {
  // Skirts and coats are open below: both sides cast, or their shadows have holes.
  const material = new MeshLambertMaterial({ shadowSide: DoubleSide });
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms);
    shader.vertexShader = shader.vertexShader
      .replace('void main() {', `${dollDeclarations(source, true)}\nvoid main() {${dollMain(true)}`)
      .replace('#include <beginnormal_vertex>', 'vec3 objectNormal = dollNormal;')
      .replace('#include <begin_vertex>', 'vec3 transformed = dollPosition;');
    shader.fragmentShader = shader.fragmentShader
      .replace('void main() {', 'varying vec3 vDoll;\nvoid main() {')
      .replace('#include <color_fragment>', 'diffuseColor.rgb *= vDoll;');
  };
  material.customProgramCacheKey = () => `doll-${source}`;
  return material;
}

/** What the sun sees of the dolls. */
export function dollDepthMaterial(source: DollSource, uniforms: DollUniforms): Material {
  const material = new MeshDepthMaterial();
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms);
    shader.vertexShader = shader.vertexShader
      .replace(
        'void main() {',
        `${dollDeclarations(source, false)}\nvoid main() {${dollMain(false)}`,
      )
      .replace('#include <begin_vertex>', 'vec3 transformed = dollPosition;');
  };
  material.customProgramCacheKey = () => `doll-depth-${source}`;
  return material;
}
