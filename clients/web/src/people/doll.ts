// doll: one person alone on a plate: they turn a little, wave when they are dressed anew, blink, and
// follow with eyes and head what they are told to.

import { POSE } from '@flux/sdk';
import {
  CircleGeometry,
  Color,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  PerspectiveCamera,
  Scene,
  ShaderMaterial,
} from 'three';
import { LEVEL } from './lods.ts';
import { Motion } from './motion.ts';
import { NearPeople } from './near_people.ts';
import { heightOf, type PeopleArt } from './people_art.ts';
import { peopleUniforms } from './people_material.ts';
import { Person } from './person.ts';

const TURN_SECONDS = 12;
const TURN_SHARE = 0.07; // turns to each side
const WAVE_SECONDS = 2.4;
/** After so long without moving, the pointer is not interesting any more. */
const POINTER_SECONDS = 4;
const FIELD_OF_VIEW = 26;
/** Above and below the person, of their height. */
const MARGIN = 1.16;
/** The eye stands on the side that yaw 0 looks at. */
const LOOKS_AT_US = 0;

function lights(scene: Scene): void {
  const sun = new DirectionalLight(new Color('#ffe9cc'), 2.5);
  sun.position.set(2.4, 3.2, -3.4);
  const back = new DirectionalLight(new Color('#cbb8ff'), 1.1);
  back.position.set(-3, 2.4, 3);
  scene.add(sun, back, new HemisphereLight(new Color('#d5e4fb'), new Color('#efdfd0'), 2.3));
}

/** The soft round shadow they stand in. */
function groundShadow(): Mesh<CircleGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    vertexShader: /* glsl */ `
      varying vec2 vAt;
      void main() {
        vAt = position.xy * 2.0;
        gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
      }
    `,
    fragmentShader: /* glsl */ `
      varying vec2 vAt;
      void main() {
        float away = length(vAt);
        float dark = 0.2 * exp(-away * away * 3.6) + 0.2 * exp(-away * away * 14.0);
        gl_FragColor = vec4(0.16, 0.09, 0.24, dark * smoothstep(1.0, 0.7, away));
      }
    `,
    transparent: true,
    depthWrite: false,
  });
  const mesh = new Mesh(new CircleGeometry(0.5, 32), material);
  mesh.rotation.x = -Math.PI / 2;
  mesh.position.y = 0.002;
  mesh.scale.setScalar(1.5);
  return mesh;
}

export class Doll {
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 30);
  private readonly art: PeopleArt;
  private readonly people: NearPeople;
  private readonly shadow = groundShadow();
  private readonly person: Person;
  private readonly isStill: boolean;
  private readonly pointer = { x: 0, y: 0, left: 0 };
  private waving = WAVE_SECONDS;
  private seconds = 0;

  constructor(art: PeopleArt, look: number, isStill: boolean) {
    this.art = art;
    this.isStill = isStill;
    this.people = new NearPeople(art, peopleUniforms(art), [1]);
    this.people.shadows = false;
    this.person = new Person(1, art, new Motion());
    this.person.setLook(look);
    const hold = this.people.take(LEVEL.full, look);
    if (hold) this.person.shown = { kind: 'near', level: LEVEL.full, hold };
    lights(this.scene);
    this.scene.add(this.people.group, this.shadow);
  }

  wear(look: number): void {
    if (look === this.person.look) return;
    this.person.setLook(look);
    if (this.person.shown?.kind === 'near') this.people.dress(this.person.shown.hold, look);
    this.waving = WAVE_SECONDS;
  }

  /** Something moves there: of the picture's width and height, from about where the face is. */
  watch(x: number, y: number): void {
    Object.assign(this.pointer, { x, y, left: POINTER_SECONDS });
  }

  update(delta: number): void {
    const { person, isStill, pointer } = this;
    pointer.left -= delta;
    const { motion, soul, shown } = person;
    this.seconds += delta;
    this.waving = Math.max(0, this.waving - delta);
    const swing = Math.sin((this.seconds / TURN_SECONDS) * Math.PI * 2);
    const yaw = LOOKS_AT_US + (isStill ? 0.02 : swing * TURN_SHARE);
    const pose = this.waving > 0 && !isStill ? POSE.wave : POSE.idle;
    motion.advance(0, 0, 0, yaw, pose, delta);
    // The turn is the plate's they stand on, not their feet's.
    motion.yawRate = 0;
    soul.animator.update(motion, false, delta);
    soul.face.update(delta, null, false);
    const [toYaw, toPitch] =
      pointer.left > 0 ? [Math.atan(pointer.x * 1.6), Math.atan(-pointer.y * 1.1)] : [0, 0.02];
    soul.gaze.lookAt(toYaw - yaw * Math.PI * 2, toPitch, delta);
    soul.gaze.apply(soul.animator.pose, soul.face);
    if (shown?.kind !== 'near') return;
    const { row } = shown.hold;
    this.people.bones.write(row, soul.animator.pose, person.figure, motion, soul.face);
    this.people.bones.mark(row, person.look, 1);
    this.people.send();
  }

  /** Everybody fits, and who is small is seen to be. */
  frame(aspect: number): void {
    const height = Math.max(1.45, heightOf(this.art, this.person.look));
    const { camera } = this;
    const tall = (height * MARGIN) / 2 / Math.tan((FIELD_OF_VIEW * Math.PI) / 360);
    const distance = tall * Math.max(1, 0.72 / aspect) + 0.3;
    camera.aspect = aspect;
    camera.position.set(0, height * 0.62, -distance);
    camera.lookAt(0, height * 0.49, 0);
    camera.updateProjectionMatrix();
  }

  dispose(): void {
    this.people.dispose();
    this.shadow.geometry.dispose();
    this.shadow.material.dispose();
  }
}
