// preview: one turning doll on a canvas of its own, for choosing a look.

import { type LookCode, POSE } from '@flux/sdk';
import {
  Color,
  DirectionalLight,
  HemisphereLight,
  NeutralToneMapping,
  PerspectiveCamera,
  Scene,
  WebGLRenderer,
} from 'three';
import type { AvatarPreview, MountAvatarPreview } from '../app/scene_contract.ts';
import { figureHeight } from './crowd.ts';
import { dollUniforms } from './doll_material.ts';
import { Motion } from './motion.ts';
import { NearPeople } from './near_people.ts';

const TURN_SECONDS = 14;
const WAVE_SECONDS = 1.6;

function lights(scene: Scene): void {
  const sun = new DirectionalLight(new Color('#ffe7c4'), 2.6);
  sun.position.set(-2, 3, -4);
  scene.add(sun, new HemisphereLight(new Color('#cfe2fb'), new Color('#e6d2b2'), 2.1));
}

/** Draws only while shown: an unseen or hidden canvas costs nothing. */
export const mountAvatarPreview: MountAvatarPreview = async (canvas, look, options) => {
  const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
  renderer.toneMapping = NeutralToneMapping;
  renderer.setPixelRatio(Math.min(2, globalThis.devicePixelRatio || 1));
  const scene = new Scene();
  lights(scene);
  const person = new NearPeople(dollUniforms(), 1);
  person.mesh.receiveShadow = false;
  scene.add(person.mesh);
  const camera = new PerspectiveCamera(28, 1, 0.1, 20);
  const body = new Motion();
  let code: number = look;
  let waving = WAVE_SECONDS;
  let before = performance.now();

  const draw = (now: number) => {
    const delta = Math.min(0.1, (now - before) / 1000);
    before = now;
    waving = Math.max(0, waving - delta);
    const yaw = options?.reducedMotion
      ? 0.03
      : Math.sin((now / 1000 / TURN_SECONDS) * Math.PI * 2) * 0.11;
    body.advance(
      0,
      0,
      0,
      yaw,
      waving > 0 && !options?.reducedMotion ? POSE.wave : POSE.idle,
      delta,
    );
    person.begin(delta);
    person.add(1, body, code, 0);
    person.end();
    fit();
    renderer.render(scene, camera);
  };

  const fit = () => {
    const { clientWidth, clientHeight } = canvas;
    const ratio = renderer.getPixelRatio();
    const isSized =
      canvas.width === Math.floor(clientWidth * ratio) &&
      canvas.height === Math.floor(clientHeight * ratio);
    if (!isSized && clientWidth > 0) renderer.setSize(clientWidth, clientHeight, false);
    camera.aspect = clientWidth / Math.max(1, clientHeight);
    const height = Math.max(1.62, figureHeight(code) + 0.06);
    const distance =
      (height * 0.56) / Math.tan((camera.fov * Math.PI) / 360) / Math.min(1, camera.aspect * 1.35);
    camera.position.set(0, height * 0.56, -distance - 0.3);
    camera.lookAt(0, height * 0.5, 0);
    camera.updateProjectionMatrix();
  };

  const watcher = new IntersectionObserver((entries) => {
    const isSeen = entries.some((entry) => entry.isIntersecting);
    before = performance.now();
    renderer.setAnimationLoop(isSeen ? draw : null);
  });
  watcher.observe(canvas);

  const preview: AvatarPreview = {
    set(next: LookCode) {
      code = next;
      waving = WAVE_SECONDS;
    },
    dispose() {
      watcher.disconnect();
      renderer.setAnimationLoop(null);
      person.dispose();
      renderer.dispose();
    },
  };
  return preview;
};
