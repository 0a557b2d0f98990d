// near_people: people with bones: ourselves and the nearest, at three levels of detail. Their bones are
// written anew each frame. Their shadows are cast by the crowd's small body on the same bones: nobody
// sees the difference, and the shadow pass stays cheap.

import { type BufferGeometry, Group, type Material, Mesh, MeshBasicMaterial } from 'three';
import { LODS } from './body_parts.ts';
import { BoneRows } from './bone_rows.ts';
import type { PeopleArt } from './people_art.ts';
import { type PeopleUniforms, peopleDepthMaterial, peopleMaterial } from './people_material.ts';
import { Places } from './places.ts';
import { WornDolls } from './worn_dolls.ts';

type DollMesh = Mesh<BufferGeometry, Material>;

/** Somebody's place at a level. */
export interface Hold {
  readonly level: number;
  readonly place: number;
  /** In the bones' texture. */
  readonly row: number;
  look: number;
}

interface LevelDolls {
  readonly dolls: WornDolls;
  readonly places: Places;
  readonly firstRow: number;
  readonly mesh: DollMesh;
}

export class NearPeople {
  readonly group = new Group();
  readonly bones: BoneRows;
  private readonly levels: readonly LevelDolls[];
  private readonly casters: WornDolls;
  private readonly caster: DollMesh;

  /** `places`: how many each level has room for, the finest first. */
  constructor(art: PeopleArt, uniforms: PeopleUniforms, places: readonly number[]) {
    const rows = places.reduce((sum, count) => sum + count, 0);
    this.bones = new BoneRows(rows, art.rest);
    uniforms.bones.value = this.bones.texture;
    let firstRow = 0;
    this.levels = places.map((count, level) => {
      const dolls = new WornDolls(art.lods[LODS[level] ?? 'quarter'], count);
      const told = { placeVertices: dolls.vertices, firstRow };
      const mesh: DollMesh = new Mesh(dolls.geometry, peopleMaterial('boned', uniforms, told));
      mesh.frustumCulled = false;
      mesh.receiveShadow = true;
      const made = { dolls, places: new Places(count), firstRow, mesh };
      firstRow += count;
      return made;
    });
    this.casters = new WornDolls(art.lods.crowd, rows);
    this.caster = casterOf(this.casters, uniforms);
    this.group.add(...this.levels.map(({ mesh }) => mesh), this.caster);
  }

  set shadows(on: boolean) {
    this.caster.visible = on;
  }

  /** Null when the level is full. */
  take(level: number, look: number): Hold | null {
    const dolls = this.levels[level];
    const place = dolls?.places.take() ?? -1;
    if (!dolls || place < 0) return null;
    const hold: Hold = { level, place, row: dolls.firstRow + place, look };
    this.dress(hold, look);
    return hold;
  }

  dress(hold: Hold, look: number): void {
    hold.look = look;
    this.levels[hold.level]?.dolls.dress(hold.place, look);
    this.casters.dress(hold.row, look);
  }

  /** Somebody else's shadow is theirs too: who is only fading away casts none. */
  castsNoMore(hold: Hold): void {
    this.casters.clear(hold.row);
  }

  leave(hold: Hold): void {
    const dolls = this.levels[hold.level];
    dolls?.dolls.clear(hold.place);
    dolls?.places.free(hold.place);
    this.casters.clear(hold.row);
    this.bones.clear(hold.row);
  }

  /** After all rows of a frame are written. */
  send(): void {
    let isAnybody = false;
    for (const { dolls, places, mesh } of this.levels) {
      dolls.show();
      mesh.visible = places.end > 0;
      isAnybody ||= mesh.visible;
    }
    this.casters.show();
    if (isAnybody) this.bones.texture.needsUpdate = true;
  }

  /** Of the bodies in their places: what the picture and what the sun's map draw. */
  get triangles(): { readonly drawn: number; readonly cast: number } {
    let [drawn, cast] = [0, 0];
    for (const { dolls, firstRow } of this.levels) {
      for (let place = 0; place < dolls.places; place++) {
        drawn += dolls.trianglesOf(place);
        cast += this.casters.trianglesOf(firstRow + place);
      }
    }
    return { drawn, cast };
  }

  dispose(): void {
    for (const { dolls, mesh } of this.levels) {
      dolls.dispose();
      mesh.material.dispose();
    }
    this.casters.dispose();
    this.caster.material.dispose();
    this.caster.customDepthMaterial?.dispose();
    this.bones.dispose();
  }
}

/** Only the sun sees it: for the eye there is nothing to draw. */
function casterOf(casters: WornDolls, uniforms: PeopleUniforms): DollMesh {
  const mesh: DollMesh = new Mesh(casters.geometry, new MeshBasicMaterial({ colorWrite: false }));
  const told = { placeVertices: casters.vertices, firstRow: 0 };
  mesh.customDepthMaterial = peopleDepthMaterial(uniforms, told);
  mesh.frustumCulled = false;
  mesh.castShadow = true;
  mesh.onBeforeRender = () => casters.hide();
  mesh.onBeforeShadow = () => casters.show();
  return mesh;
}
