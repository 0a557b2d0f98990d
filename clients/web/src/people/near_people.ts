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

const SPEAKING = 1;

export class NearPeople {
  readonly mesh: Mesh<BufferGeometry, Material>;
  readonly caster: Mesh<BufferGeometry, Material>;
  /** Shown instead of real shadows. */
  readonly spots: ReturnType<typeof blobShadows>;
  count = 0;
  private readonly geometry: InstancedBufferGeometry;
  private readonly casterGeometry: InstancedBufferGeometry;
  private readonly feet: Float32Array;
  private readonly looks: Uint32Array;
  private readonly bones: DataTexture;
  private readonly skeleton: Skeleton;
  private readonly capacity: number;
  private readonly joints = newJoints();
  private readonly before = newJoints();
  private seconds = 0;

  constructor(uniforms: DollUniforms, capacity: number) {
    this.capacity = capacity;
    this.feet = new Float32Array(capacity * 3);
    this.looks = new Uint32Array(capacity);
    const texels = new Float32Array(capacity * ROW_TEXELS * 4);
    this.skeleton = new Skeleton(texels);
    this.bones = new DataTexture(texels, ROW_TEXELS, capacity, RGBAFormat, FloatType);
    this.bones.minFilter = this.bones.magFilter = NearestFilter;
    uniforms.bones.value = this.bones;
    const looks = instances(this.looks, 1, true);
    this.geometry = dollGeometry(nearDoll());
    this.geometry.setAttribute('looks', looks);
    this.mesh = new Mesh<BufferGeometry, Material>(this.geometry, dollMaterial('near', uniforms));
    this.mesh.frustumCulled = false;
    this.mesh.receiveShadow = true;
    this.casterGeometry = dollGeometry(farDoll());
    this.casterGeometry.setAttribute('looks', looks);
    this.caster = casterOf(this.casterGeometry, uniforms);
    this.spots = blobShadows('near', [['feet', instances(this.feet, 3)]], uniforms);
    this.spots.visible = false;
  }

  begin(delta: number): void {
    this.count = 0;
    this.seconds += delta;
  }

  /** `id` only tells people apart, so that they do not breathe in step. */
  add(id: number, body: Motion, look: number, flags: number): void {
    const row = this.count;
    if (row >= this.capacity) return;
    this.count++;
    this.pose(id, body, flags);
    this.skeleton.write(row, look, body.x, body.y, body.z, body.yaw, this.joints);
    this.feet[row * 3] = body.x;
    this.feet[row * 3 + 1] = body.y;
    this.feet[row * 3 + 2] = body.z;
    this.looks[row] = look;
  }

  private pose(id: number, body: Motion, flags: number): void {
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

  end(): void {
    this.mesh.visible = this.count > 0;
    this.geometry.instanceCount = this.count;
    this.casterGeometry.instanceCount = this.count;
    this.spots.geometry.instanceCount = this.count;
    if (this.count === 0) return;
    this.bones.needsUpdate = true;
    touch(this.geometry.getAttribute('looks') as ReturnType<typeof instances>, 0, this.count);
    touch(this.spots.geometry.getAttribute('feet') as ReturnType<typeof instances>, 0, this.count);
  }

  dispose(): void {
    this.geometry.dispose();
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
  mesh.customDepthMaterial = dollDepthMaterial('near', uniforms);
  mesh.frustumCulled = false;
  mesh.castShadow = true;
  return mesh;
}
