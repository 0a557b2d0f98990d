// near_people: the full dolls: ourselves in the first place, then the nearest of the crowd. Their bones
// are written anew each frame; sixty dolls cost a tenth of a millisecond. Their shadows are cast by the
// small doll on the same bones: nobody sees the difference, and the shadow pass stays cheap.

import {
  type BufferGeometry,
  DataTexture,
  FloatType,
  type InstancedBufferGeometry,
  type Material,
  Mesh,
  MeshBasicMaterial,
  NearestFilter,
  RGBAFormat,
} from 'three';
import { blobShadows } from './blob_shadows.ts';
import { farDoll } from './doll/far_doll.ts';
import { nearDoll } from './doll/near_doll.ts';
import { dollGeometry, instances, touch } from './doll_geometry.ts';
import { type DollUniforms, dollDepthMaterial, dollMaterial } from './doll_material.ts';
import { mixJoints, newJoints, setPose } from './joints.ts';
import type { Motion } from './motion.ts';
import { ROW_TEXELS, Skeleton } from './skeleton.ts';
import { WornDolls } from './worn_dolls.ts';

const SPEAKING = 1;
const NOWHERE = -1e4; // far below the ground

export class NearPeople {
  readonly mesh: Mesh<BufferGeometry, Material>;
  readonly caster: Mesh<BufferGeometry, Material>;
  /** Shown instead of real shadows. */
  readonly spots: ReturnType<typeof blobShadows>;
  count = 0;
  private readonly dolls: WornDolls;
  private readonly casterGeometry: InstancedBufferGeometry;
  private readonly feet: Float32Array;
  private readonly looks: Uint32Array;
  private readonly bones: DataTexture;
  private readonly texels: Float32Array;
  private readonly skeleton: Skeleton;
  private readonly joints = newJoints();
  private readonly before = newJoints();
  /** Whose each place is; 0 for nobody's. */
  private readonly owners: Float64Array;
  private readonly places = new Map<number, number>();
  private readonly seen: Uint8Array;
  private seconds = 0;

  constructor(uniforms: DollUniforms, capacity: number) {
    this.feet = new Float32Array(capacity * 3);
    this.looks = new Uint32Array(capacity);
    this.owners = new Float64Array(capacity);
    this.seen = new Uint8Array(capacity);
    this.texels = new Float32Array(capacity * ROW_TEXELS * 4);
    this.skeleton = new Skeleton(this.texels);
    this.bones = new DataTexture(this.texels, ROW_TEXELS, capacity, RGBAFormat, FloatType);
    this.bones.minFilter = this.bones.magFilter = NearestFilter;
    this.dolls = new WornDolls(nearDoll(), capacity);
    uniforms.bones.value = this.bones;
    uniforms.dollVertices.value = this.dolls.vertices;
    this.mesh = new Mesh<BufferGeometry, Material>(
      this.dolls.geometry,
      dollMaterial('near', uniforms),
    );
    this.mesh.frustumCulled = false;
    this.mesh.receiveShadow = true;
    this.casterGeometry = dollGeometry(farDoll());
    this.casterGeometry.setAttribute('looks', instances(this.looks, 1, true));
    this.caster = casterOf(this.casterGeometry, uniforms);
    this.spots = blobShadows('near', [['feet', instances(this.feet, 3)]], uniforms);
    this.spots.visible = false;
  }

  begin(delta: number): void {
    this.count = 0;
    this.seconds += delta;
    this.seen.fill(0);
  }

  /** `id`, not 0, keeps somebody in their place from frame to frame. */
  add(id: number, body: Motion, look: number, flags: number): void {
    const place = this.placeOf(id, look);
    if (place < 0) return;
    this.count++;
    this.seen[place] = 1;
    this.pose(id, body, flags);
    this.skeleton.write(place, look, body.x, body.y, body.z, body.yaw, this.joints);
    this.feet[place * 3] = body.x;
    this.feet[place * 3 + 1] = body.y;
    this.feet[place * 3 + 2] = body.z;
  }

  /** -1 when there is none left. */
  private placeOf(id: number, look: number): number {
    const known = this.places.get(id);
    const place = known ?? this.owners.indexOf(0);
    if (place < 0) return -1;
    if (known === undefined || this.looks[place] !== look) {
      this.places.set(id, place);
      this.owners[place] = id;
      this.looks[place] = look;
      this.dolls.dress(place, look);
    }
    return place;
  }

  private leave(place: number): void {
    this.places.delete(this.owners[place] ?? 0);
    this.owners[place] = 0;
    this.dolls.clear(place);
    // Without bones, what casts the shadow has no extent either.
    const row = ROW_TEXELS * 4;
    this.texels.fill(0, place * row, (place + 1) * row);
    this.feet[place * 3 + 1] = NOWHERE;
  }

  private pose(id: number, body: Motion, flags: number): void {
    // So that they do not breathe in step.
    const seed = (id & 255) * 0.0246;
    const { joints, before } = this;
    const t = body.pose < 16 ? this.seconds : body.poseSeconds;
    setPose(joints, body.pose, t, body.phase, body.speed, seed);
    if (body.blend < 1) {
      setPose(before, body.before, this.seconds, body.phase, body.speed, seed);
      const k = body.blend * body.blend * (3 - 2 * body.blend);
      mixJoints(joints, before, 1 - k);
    }
    if ((flags & SPEAKING) !== 0) {
      joints.mouth = Math.max(joints.mouth, 0.35 + 0.35 * Math.sin(this.seconds * 13 + seed * 9));
    }
  }

  /** Who was not added again has gone. */
  end(): void {
    let used = 0;
    for (let place = 0; place < this.owners.length; place++) {
      if (this.owners[place] !== 0 && this.seen[place] === 0) this.leave(place);
      if (this.owners[place] !== 0) used = place + 1;
    }
    this.mesh.visible = used > 0;
    this.dolls.show(used);
    this.casterGeometry.instanceCount = used;
    this.spots.geometry.instanceCount = used;
    if (used === 0) return;
    this.bones.needsUpdate = true;
    const { casterGeometry, spots } = this;
    touch(casterGeometry.getAttribute('looks') as ReturnType<typeof instances>, 0, used);
    touch(spots.geometry.getAttribute('feet') as ReturnType<typeof instances>, 0, used);
  }

  dispose(): void {
    this.dolls.dispose();
    this.casterGeometry.dispose();
    this.spots.geometry.dispose();
    this.spots.material.dispose();
    this.mesh.material.dispose();
    this.caster.material.dispose();
    this.caster.customDepthMaterial?.dispose();
    this.bones.dispose();
  }
}

/** Only the sun sees it: drawn for the eye it leaves nothing. */
function casterOf(
  geometry: InstancedBufferGeometry,
  uniforms: DollUniforms,
): Mesh<BufferGeometry, Material> {
  const unseen = new MeshBasicMaterial({
    colorWrite: false,
    depthWrite: false,
    depthTest: false,
    fog: false,
  });
  unseen.onBeforeCompile = (shader) => {
    shader.vertexShader = 'void main() { gl_Position = vec4(0.0, 0.0, -2.0, 1.0); }';
  };
  unseen.customProgramCacheKey = () => 'doll-unseen';
  const mesh = new Mesh<BufferGeometry, Material>(geometry, unseen);
  mesh.customDepthMaterial = dollDepthMaterial('caster', uniforms);
  mesh.frustumCulled = false;
  mesh.castShadow = true;
  return mesh;
}
