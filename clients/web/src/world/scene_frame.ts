// scene_frame: one frame from keys to pixels, in the order that lets everything see the newest of what it
// needs: ourselves, the camera, the others, labels, the drawing.

import type { WorldPortal } from '@flux/sdk';
import type { RootState } from '@react-three/fiber';
import { PerspectiveCamera } from 'three';
import type { SceneOptions, SceneStats } from '../app/scene_contract.ts';
import { figureHeight, type OwnBody } from '../people/crowd.ts';
import type { SaidPlace } from '../people/labels.ts';
import { FrameMeter } from './frame_meter.ts';
import { isInPortal } from './portal_ring.ts';
import type { Pace } from './quality.ts';
import type { SceneParts } from './scene_parts.ts';

const LAMPS_EVERY_FRAMES = 20;
/** The camera turns about this much below the top of the head. */
const EYE_BELOW_TOP = 0.28;
/** A frame after a pause is not a long frame. */
const DELTA_MAX = 0.5;

export class SceneFrame {
  pace: Pace | null = null;
  private readonly options: SceneOptions;
  private readonly parts: SceneParts;
  private readonly meter = new FrameMeter();
  private frames = 0;
  private inside: WorldPortal | null = null;
  private look: number;
  private drawCalls = 0;
  private triangles = 0;
  private readonly said = { x: 0, y: 0, z: 0, look: 0 };

  constructor(options: SceneOptions, parts: SceneParts) {
    this.options = options;
    this.parts = parts;
    this.look = options.look;
  }

  get stats(): SceneStats {
    return {
      fps: this.meter.fps,
      frameMs: this.meter.frameMs,
      drawn: this.parts.crowd.drawn,
      near: this.parts.crowd.drawnNear,
      drawCalls: this.drawCalls,
      triangles: this.triangles,
    };
  }

  run(state: RootState, rawDelta: number): void {
    const start = performance.now();
    const delta = Math.min(rawDelta, DELTA_MAX);
    const { camera, gl, scene } = state;
    if (!(camera instanceof PerspectiveCamera)) return;
    if (this.pace?.frame(rawDelta)) {
      state.setDpr(this.pace.pixelRatio);
      this.parts.setShare(this.pace.share);
    }
    const settings = this.options.settings.getState();
    this.parts.seconds.value += settings.reducedMotion ? delta * 0.25 : delta;
    this.moveSelf(settings, delta);
    this.placeCamera(camera, settings.fieldOfView);
    this.showPeople(camera, delta);
    this.tendWorld();
    gl.render(scene, camera);
    this.drawCalls = gl.info.render.calls;
    this.triangles = gl.info.render.triangles;
    const end = performance.now();
    this.meter.frame(end - start, end);
    this.options.onFrame?.();
  }

  private moveSelf(
    settings: { cameraSmoothing: number; reducedMotion: boolean },
    delta: number,
  ): void {
    const { self, sunlight } = this.parts;
    const smoothing = settings.reducedMotion ? 0 : settings.cameraSmoothing;
    self.update(delta, figureHeight(this.look) - EYE_BELOW_TOP, { smoothing });
    const { x, y, z } = self.state;
    sunlight.follow(x, y, z);
    this.watchPortals(x, y, z);
  }

  private watchPortals(x: number, y: number, z: number): void {
    const portal = this.parts.world.portals?.find((one) => isInPortal(one, x, y, z)) ?? null;
    if (portal && portal !== this.inside) this.options.onPortal?.(portal);
    this.inside = portal;
  }

  private placeCamera(camera: PerspectiveCamera, fieldOfView: number): void {
    const { eye } = this.parts.self.camera;
    camera.position.set(eye.x, eye.y, eye.z);
    camera.rotation.set(eye.pitch, eye.yaw * Math.PI * 2, 0, 'YXZ');
    if (camera.fov !== fieldOfView) {
      camera.fov = fieldOfView;
      camera.updateProjectionMatrix();
    }
    camera.updateMatrixWorld();
  }

  private showPeople(camera: PerspectiveCamera, delta: number): void {
    const { crowd, self, labels, marker } = this.parts;
    const { client } = this.options;
    const now = client.now();
    const yaw = self.camera.yaw;
    // From the eye, which is some metres behind us: whoever stands between is the nearest of all.
    const { x, z } = camera.position;
    const view = { x, z, lookX: -Math.sin(yaw), lookZ: -Math.cos(yaw) };
    crowd.update(now, delta, view, this.ownBody());
    labels.update(camera, crowd.people, (id) => this.placeOf(id, now), delta);
    marker.update(marker.id === 0 ? null : this.headOf(marker.id, now), delta);
  }

  private ownBody(): OwnBody {
    const { client } = this.options;
    const { self } = this.parts;
    // A change of look comes back to us as it comes to everybody: in our row.
    const row = client.picture.find(client.self);
    const told = row < 0 ? 0 : (client.picture.look[row] ?? 0);
    if (told !== 0) this.look = told;
    const flags = row < 0 ? 0 : (client.picture.flags[row] ?? 0);
    return {
      id: client.self,
      look: this.look,
      flags,
      motion: self.motion,
      isShown: !self.camera.hidesBody,
    };
  }

  private placeOf(id: number, now: number): SaidPlace | null {
    const { client } = this.options;
    const { crowd, self } = this.parts;
    if (id === client.self) return Object.assign(this.said, self.state, { look: this.look });
    const place = crowd.placeOf(id, now);
    if (!place) return null;
    const look = client.picture.look[client.picture.find(id)] ?? 0;
    return Object.assign(this.said, place, { look });
  }

  private headOf(id: number, now: number): SaidPlace | null {
    const place = this.placeOf(id, now);
    if (place) this.said.y += figureHeight(this.said.look);
    return place;
  }

  private tendWorld(): void {
    if (this.frames++ % LAMPS_EVERY_FRAMES !== 0) return;
    const { x, z } = this.parts.self.state;
    this.parts.lamps.settle(x, z);
  }
}
