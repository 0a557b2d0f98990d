// people_material: three's materials with the code of people put in, and what they are told.

import {
  Color,
  DoubleSide,
  type IUniform,
  type Material,
  MeshDepthMaterial,
  MeshPhongMaterial,
  type Texture,
  Vector4,
} from 'three';
import { BONE_GROUP, BONES } from './bones.ts';
import { heldScale } from './figure.ts';
import { LOOK_FIELDS } from './look.ts';
import type { PeopleArt } from './people_art.ts';
import {
  FADE_OUT,
  PERSON_GLOSS,
  PERSON_LIGHT,
  PERSON_RIM,
  type PeopleSource,
  PIXEL_DECLARATIONS,
  peopleDeclarations,
  peopleMain,
} from './people_shader.ts';

/** Told to all materials of people. */
export interface PeopleUniforms {
  [name: string]: IUniform;
  /** The server's tick after the picture's epoch. */
  readonly ticks: IUniform<number>;
  readonly tickSeconds: IUniform<number>;
  readonly palette: IUniform<Color[]>;
  readonly figures: IUniform<Vector4[]>;
  readonly bones: IUniform<Texture | null>;
  readonly places: IUniform<Texture | null>;
  readonly poses: IUniform<Texture | null>;
}

export function peopleUniforms(art: PeopleArt): PeopleUniforms {
  const palette = LOOK_FIELDS.flatMap((field) =>
    (field.swatches ?? []).map((color) => new Color(color)),
  );
  const restJoints = Array.from({ length: BONES }, (_, bone) => {
    const [x = 0, y = 0, z = 0] = art.rest.subarray(bone * 3, bone * 3 + 3);
    return new Vector4(x, y, z, BONE_GROUP[bone]);
  });
  const figures = art.figures.flatMap((figure) => [
    new Vector4(figure.legs, figure.torso, figure.girth, figure.head),
    new Vector4(figure.arms, heldScale(figure), 0, 0),
  ]);
  return {
    ticks: { value: 0 },
    tickSeconds: { value: 0.05 },
    palette: { value: palette },
    bones: { value: null },
    places: { value: null },
    poses: { value: null },
    restJoints: { value: restJoints },
    figures: { value: figures },
  };
}

/** What one mesh of people is told beside. */
export interface MeshUniforms {
  readonly placeVertices: number;
  readonly firstRow: number;
}

function own({ placeVertices, firstRow }: MeshUniforms): Record<string, IUniform> {
  return { placeVertices: { value: placeVertices }, firstRow: { value: firstRow } };
}

export function peopleMaterial(
  source: PeopleSource,
  uniforms: PeopleUniforms,
  mesh: MeshUniforms,
): Material {
  const material = new MeshPhongMaterial({ specular: 0x0a0a0a, side: DoubleSide });
  const told = { ...uniforms, ...own(mesh) };
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, told);
    shader.vertexShader = shader.vertexShader
      .replace(
        'void main() {',
        `${peopleDeclarations(source, true)}\nvoid main() {${peopleMain(true)}`,
      )
      .replace('#include <beginnormal_vertex>', 'vec3 objectNormal = bentNormal;')
      .replace('#include <begin_vertex>', 'vec3 transformed = bentPosition;');
    shader.fragmentShader = shader.fragmentShader
      .replace(
        '#include <lights_phong_pars_fragment>',
        `#include <lights_phong_pars_fragment>\n${PIXEL_DECLARATIONS}${PERSON_LIGHT}`,
      )
      .replace('void main() {', `void main() {${FADE_OUT}`)
      .replace('#include <color_fragment>', 'diffuseColor.rgb *= vTint;')
      .replace(
        '#include <lights_phong_fragment>',
        `#include <lights_phong_fragment>${PERSON_GLOSS}`,
      )
      .replace('#include <lights_fragment_end>', `#include <lights_fragment_end>${PERSON_RIM}`);
  };
  material.customProgramCacheKey = () => `people-${source}`;
  return material;
}

/** What the sun sees of people who have bones. */
export function peopleDepthMaterial(uniforms: PeopleUniforms, mesh: MeshUniforms): Material {
  // Skirts and coats are open below: both sides cast, or their shadows have holes.
  const material = new MeshDepthMaterial({ side: DoubleSide });
  const told = { ...uniforms, ...own(mesh) };
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, told);
    shader.vertexShader = shader.vertexShader
      .replace(
        'void main() {',
        `${peopleDeclarations('boned', false)}\nvoid main() {${peopleMain(false)}`,
      )
      .replace('#include <begin_vertex>', 'vec3 transformed = bentPosition;');
  };
  material.customProgramCacheKey = () => 'people-depth';
  return material;
}
