// scene_frame: one frame from keys to pixels, in the order that lets everything see the newest of what it
// needs: ourselves, the camera, the others, labels, the scenery, the drawing, the sound.

import { ENTITY_FLAG, type WorldPortal } from '@flux/sdk';
import type { SceneOptions, SceneStats } from '../app/scene_contract.ts';
import { figureHeight, type OwnBody } from '../people/crowd.ts';
import type { SaidPlace } from '../people/labels.ts';
import type { Motion } from '../people/motion.ts';
import { FrameMeter } from './frame_meter.ts';
import type { Graphics } from './graphics.ts';
import { isInPortal } from './portal_ring.ts';
import type { Pace } from './quality.ts';
import type { SceneParts } from './scene_parts.ts';
import type { GroundKind } from './world_features.ts';

/** The camera turns about this much below the top of the head. */
const EYE_BELOW_TOP = 0.28;
/** A frame after a pause is not a long frame. */
const DELTA_MAX = 0.5;

/** Sine and cosine of a yaw in turns. */
function ahead(yaw: number): { sin: number; cos: number } {
  return { sin: Math.sin(yaw * Math.PI * 2), cos: Math.cos(yaw * Math.PI * 2) };
}

export class SceneFrame {
  pace: Pace | null = null;
  /** The eye floats by itself, and what only helps oneself is left out. */
  isPhoto = false;
  private readonly options: SceneOptions;
  private readonly parts: SceneParts;
  private readonly graphics: Graphics;
  private readonly meter = new FrameMeter();
  private inside: WorldPortal | null = null;
  private look: number;
  private drawCalls = 0;
  private triangles = 0;
  private readonly said = { x: 0, y: 0, z: 0, look: 0 };
  private readonly speakers: Motion[] = [];
  private readonly others: Motion[] = [];
  private readonly heard = {
    speed: 0,
    isGrounded: true,
    ground: 'stone' as GroundKind,
    pose: 0,
    phase: 0,
  };

  constructor(options: SceneOptions, parts: SceneParts, graphics: Graphics) {
    this.options = options;
    this.parts = parts;
    this.graphics = graphics;
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

  /** `rawDelta`: seconds since the last frame; 0 for the first. */
  run(rawDelta: number): void {
    const start = performance.now();
    const delta = Math.min(rawDelta, DELTA_MAX);
    if (this.pace?.frame(rawDelta)) {
      this.graphics.setPixelRatio(this.pace.pixelRatio);
      this.parts.setShare(this.pace.share);
    }
    const settings = this.options.settings.getState();
    this.moveSelf(settings, delta);
    this.placeCamera(settings.fieldOfView);
    this.showPeople(delta);
    this.showWorld(settings.reducedMotion ? delta * 0.25 : delta, delta);
    this.draw();
    this.hear(delta);
    const end = performance.now();
    this.meter.frame(end - start, end);
    this.options.onFrame?.();
  }

  private moveSelf(
    settings: { cameraSmoothing: number; reducedMotion: boolean },
    delta: number,
  ): void {
    const { self } = this.parts;
    const smoothing = settings.reducedMotion ? 0 : settings.cameraSmoothing;
    self.update(delta, figureHeight(this.look) - EYE_BELOW_TOP, { smoothing });
    const { x, y, z } = self.state;
    this.watchPortals(x, y, z);
  }

  private watchPortals(x: number, y: number, z: number): void {
    const portal = this.parts.world.portals?.find((one) => isInPortal(one, x, y, z)) ?? null;
    if (portal && portal !== this.inside) this.options.onPortal?.(portal);
    this.inside = portal;
  }

  private placeCamera(fieldOfView: number): void {
    const { camera, self, labels, scenery } = this.parts;
    const { eye } = self;
    camera.position.set(eye.x, eye.y, eye.z);
    camera.rotation.set(eye.pitch, eye.yaw * Math.PI * 2, 0, 'YXZ');
    const isResized = this.graphics.takeResize();
    if (isResized || camera.fov !== fieldOfView) {
      const { width, height, pictureHeight } = this.graphics;
      camera.fov = fieldOfView;
      camera.aspect = width / height;
      camera.updateProjectionMatrix();
      labels.setSize(width, height);
      scenery.setView(pictureHeight, fieldOfView);
    }
    camera.updateMatrixWorld();
  }

  private showPeople(delta: number): void {
    const { camera, crowd, self, labels, marker, goal } = this.parts;
    const { client } = this.options;
    const now = client.now();
    const { sin, cos } = ahead(self.eye.yaw);
    // From the eye, which is some metres behind us: whoever stands between is the nearest of all.
    const { x, z } = camera.position;
    const view = { x, z, lookX: -sin, lookZ: -cos };
    crowd.update(now, delta, view, this.ownBody());
    labels.update(camera, crowd.people, (id) => this.placeOf(id, now), delta);
    const isMarked = marker.id !== 0 && !this.isPhoto;
    marker.update(isMarked ? this.headOf(marker.id, now) : null, delta);
    goal.update(this.isPhoto ? null : self.errandTarget, delta);
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
      isShown: !self.hidesBody,
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

  private showWorld(seconds: number, delta: number): void {
    const { camera, crowd, scenery, self } = this.parts;
    // In photo mode the eye may be far from us, and shadows are wanted where it is.
    const { x, y, z } = this.isPhoto ? self.eye : self.state;
    const { sin, cos } = ahead(self.eye.yaw);
    const isCrowded = crowd.drawn > 1;
    scenery.sunlight.follow({ x, y, z, lookX: -sin, lookZ: -cos, isCrowded });
    const { eye, state } = self;
    scenery.clearing.value = this.isPhoto ? 0 : Math.hypot(eye.x - state.x, eye.z - state.z);
    scenery.update(camera, seconds, delta);
  }

  private draw(): void {
    const { renderer } = this.graphics;
    renderer.info.reset();
    renderer.render(this.parts.scenery.scene, this.parts.camera);
    this.drawCalls = renderer.info.render.calls;
    this.triangles = renderer.info.render.triangles;
  }

  private hear(delta: number): void {
    const { crowd, self, sound } = this.parts;
    const { motion } = self;
    this.speakers.length = 0;
    this.others.length = 0;
    for (const person of crowd.people) {
      if (person.motion === motion) continue;
      this.others.push(person.motion);
      if ((person.flags & ENTITY_FLAG.speaking) !== 0) this.speakers.push(person.motion);
    }
    this.heard.speed = motion.speed;
    this.heard.isGrounded = self.isGrounded;
    this.heard.ground = self.ground;
    this.heard.pose = self.state.pose;
    this.heard.phase = motion.phase;
    sound.update(delta, self.eye, this.heard, this.speakers, this.others);
  }
}
