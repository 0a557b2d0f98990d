// preview: one person on a canvas of its own, for choosing a look: they turn a little, wave when they
// are dressed anew, blink, and follow the pointer with eyes and head.

import { type LookCode, POSE } from '@flux/sdk';
import {
  CircleGeometry,
  Color,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  NeutralToneMapping,
  PerspectiveCamera,
  Scene,
  ShaderMaterial,
  WebGLRenderer,
} from 'three';
import type { AvatarPreview, MountAvatarPreview } from '../app/scene_contract.ts';
import { LEVEL } from './lods.ts';
import { Motion } from './motion.ts';
import { NearPeople } from './near_people.ts';
import { heightOf, loadPeopleArt, type PeopleArt } from './people_art.ts';
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

/** Where the pointer is against the canvas's middle, for a while after it moved. */
class Pointer {
  x = 0;
  y = 0;
  private left = 0;
  private readonly canvas: HTMLCanvasElement;

  constructor(canvas: HTMLCanvasElement, signal: AbortSignal) {
    this.canvas = canvas;
    window.addEventListener('pointermove', (event) => this.moved(event), { signal, passive: true });
  }

  private moved(event: PointerEvent): void {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    this.x = (event.clientX - left - width / 2) / Math.max(1, width);
    this.y = (event.clientY - top - height * 0.3) / Math.max(1, height);
    this.left = POINTER_SECONDS;
  }

  /** False when it has not moved for long. */
  isFresh(delta: number): boolean {
    this.left -= delta;
    return this.left > 0;
  }
}

class Doll {
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 30);
  private readonly art: PeopleArt;
  private readonly people: NearPeople;
  private readonly shadow = groundShadow();
  private readonly person: Person;
  private readonly isStill: boolean;
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

  update(delta: number, pointer: Pointer): void {
    const { person, isStill } = this;
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
    const [toYaw, toPitch] = pointer.isFresh(delta)
      ? [Math.atan(pointer.x * 1.6), Math.atan(-pointer.y * 1.1)]
      : [0, 0.02];
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

function fit(renderer: WebGLRenderer, canvas: HTMLCanvasElement): number {
  const { clientWidth, clientHeight } = canvas;
  const ratio = renderer.getPixelRatio();
  const isSized =
    canvas.width === Math.floor(clientWidth * ratio) &&
    canvas.height === Math.floor(clientHeight * ratio);
  if (!isSized && clientWidth > 0) renderer.setSize(clientWidth, clientHeight, false);
  return clientWidth / Math.max(1, clientHeight);
}

/** A frame that costs more than this is followed by a rest: the door answers first, and dolls can wait. */
const DEAR_MS = 14;
const REST_SHARE = 5;
const MOST_SECONDS = 0.5;

/** Draws only while shown: an unseen or hidden canvas costs nothing. */
export const mountAvatarPreview: MountAvatarPreview = async (canvas, look, options) => {
  const art = await loadPeopleArt();
  const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
  renderer.toneMapping = NeutralToneMapping;
  renderer.setPixelRatio(Math.min(2, globalThis.devicePixelRatio || 1));
  const doll = new Doll(art, look, options?.reducedMotion ?? false);
  const ended = new AbortController();
  const pointer = new Pointer(canvas, ended.signal);
  let before = performance.now();
  let restsUntil = 0;
  // Shaders compile beside the page where the browser can; the first picture does not wait for them then.
  doll.frame(fit(renderer, canvas));
  await renderer.compileAsync(doll.scene, doll.camera);

  const draw = (now: number) => {
    if (now < restsUntil) return;
    const delta = Math.min(MOST_SECONDS, Math.max(0, (now - before) / 1000));
    before = now;
    doll.update(delta, pointer);
    doll.frame(fit(renderer, canvas));
    renderer.render(doll.scene, doll.camera);
    const cost = performance.now() - now;
    if (cost > DEAR_MS) restsUntil = now + cost * REST_SHARE;
  };

  const watcher = new IntersectionObserver((entries) => {
    const isSeen = entries.some((entry) => entry.isIntersecting);
    before = performance.now();
    renderer.setAnimationLoop(isSeen ? draw : null);
  });
  watcher.observe(canvas);

  const preview: AvatarPreview = {
    set: (next: LookCode) => doll.wear(next),
    dispose() {
      ended.abort();
      watcher.disconnect();
      renderer.setAnimationLoop(null);
      doll.dispose();
      renderer.dispose();
    },
  };
  return preview;
};
