// self_control: our own body from keys to the wire: wishes, simulation, camera, emotes, and what the
// server says about it.

import {
  type EmoteName,
  ENTITY_FLAG,
  type FluxClient,
  type MoveState,
  POSE,
  type WelcomeEvent,
  type WorldDocument,
} from '@flux/sdk';
import type { SelfState } from '../app/scene_contract.ts';
import { Motion } from '../people/motion.ts';
import { Controls } from './controls.ts';
import { type CameraSettings, FollowCamera } from './follow_camera.ts';
import { OwnSteps } from './own_steps.ts';
import type { TriangleGrid } from './triangle_grid.ts';
import { WalkErrand } from './walk_errand.ts';
import { WalkingBody, type Wish } from './walking_body.ts';

const TURN = Math.PI * 2;
const BODY_TURN_EASE = 11; // a second
/** Below the server's limit: rounding to centimetres must not make us too fast. */
const SPEED_SHARE = 0.97;
const STEP_MAX = 0.5; // seconds: after a stall the body goes on from where it was
/** The simulation's own step: however slowly pictures come, the body moves alike. */
const SLICE_MAX = 1 / 30;

const EMOTE_SECONDS: Readonly<Record<EmoteName, number>> = {
  wave: 2.6,
  dance: 9,
  clap: 3,
  point: 2.4,
  laugh: 3,
  cheer: 3,
  bow: 2.7,
  shrug: 2,
  think: 4.5,
  heart: 3.4,
};

export interface SelfOptions {
  readonly canvas: HTMLCanvasElement;
  readonly client: FluxClient;
  readonly world: WorldDocument;
  readonly grid: TriangleGrid;
  readonly onTap: (x: number, y: number) => void;
}

export class SelfControl {
  readonly camera = new FollowCamera();
  readonly controls: Controls;
  readonly motion = new Motion();
  private readonly body: WalkingBody;
  private readonly drawn = new OwnSteps();
  private readonly client: FluxClient;
  private readonly world: WorldDocument;
  private readonly grid: TriangleGrid;
  private speedMax: number;
  private errand: WalkErrand | null = null;
  private held: { pose: number; left: number } | null = null;
  private yaw = 0; // radians
  private pose: number = POSE.idle;
  private readonly flags = matchMedia('(pointer: coarse)').matches ? ENTITY_FLAG.phone : 0;
  private readonly stops: (() => void)[] = [];

  constructor(options: SelfOptions) {
    this.client = options.client;
    this.world = options.world;
    this.grid = options.grid;
    this.body = new WalkingBody(options.grid, options.world.bounds);
    this.speedMax = options.world.speed.run;
    this.controls = new Controls(options.canvas, {
      onLook: (dx, dy) => this.camera.look(dx, dy),
      onZoom: (amount) => this.camera.zoom(amount),
      onToggleView: () => this.camera.toggleFirstPerson(),
      onSit: () => this.toggleSitting(),
      onTap: options.onTap,
    });
    if (this.client.welcome) this.welcomed(this.client.welcome);
    this.stops.push(
      this.client.on('welcome', (welcome) => this.welcomed(welcome)),
      this.client.on('correct', ({ place }) => this.moveTo(place.x, place.y, place.z)),
    );
  }

  get state(): SelfState {
    return {
      x: this.drawn.x,
      y: this.drawn.y,
      z: this.drawn.z,
      yaw: this.yaw / TURN,
      pose: this.pose,
    };
  }

  walkTo(x: number, z: number): Promise<void> {
    this.errand?.interrupt();
    this.errand = new WalkErrand(x, z);
    return this.errand.finished;
  }

  playEmote(name: EmoteName): void {
    this.held = { pose: POSE[name], left: EMOTE_SECONDS[name] };
  }

  /** One frame. `headHeight`: where the camera turns about. */
  update(delta: number, headHeight: number, settings: CameraSettings): void {
    const step = Math.min(delta, STEP_MAX);
    const wish = this.simulate(step);
    this.choosePose(wish, step);
    this.turnBody(wish, step);
    const { x, y, z, isGrounded } = this.body;
    this.drawn.follow(x, y, z, isGrounded, step);
    this.motion.advance(this.drawn.x, this.drawn.y, this.drawn.z, this.yaw / TURN, this.pose, step);
    this.camera.update(
      this.drawn.x,
      this.drawn.y + headHeight,
      this.drawn.z,
      this.grid,
      settings,
      step,
    );
    this.client.sendMove(this.move());
  }

  /** Returns the last wish. */
  private simulate(step: number): Wish {
    const slices = Math.max(1, Math.ceil(step / SLICE_MAX));
    let wish = this.wish(step / slices);
    for (let i = 0; i < slices; i++) {
      if (i > 0) wish = this.wish(step / slices);
      if (step > 0) this.body.step(wish, step / slices);
    }
    return wish;
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.errand?.interrupt();
    this.controls.dispose();
  }

  private move(): MoveState {
    const { x, y, z } = this.body;
    return { x, y, z, yaw: this.yaw / TURN, pose: this.pose, flags: this.flags };
  }

  private welcomed(welcome: WelcomeEvent): void {
    this.speedMax = Math.min(this.world.speed.run, welcome.speedMax) * SPEED_SHARE;
    const { x, y, z, yaw } = welcome.place;
    // Back after an outage, the server's place is a little behind ours: that is no reason to be moved.
    if (welcome.resumed && Math.hypot(x - this.body.x, z - this.body.z) < 1) return;
    this.yaw = yaw * TURN;
    this.camera.yaw = this.yaw;
    this.camera.jump();
    this.moveTo(x, y, z);
  }

  private moveTo(x: number, y: number, z: number): void {
    const { drawn } = this;
    const [fromX, fromY, fromZ] = [this.body.x, this.body.y, this.body.z];
    this.body.put(x, y, z);
    drawn.corrected(fromX, fromY, fromZ, this.body.x, this.body.y, this.body.z);
    if (Math.hypot(x - fromX, z - fromZ) > 6) this.camera.jump();
  }

  private wish(delta: number): Wish {
    const { x, y } = this.controls.direction;
    const jump = this.controls.takeJump();
    const isSteering = x !== 0 || y !== 0 || jump;
    if (isSteering) {
      this.errand?.interrupt();
      this.errand = null;
      this.held = null;
    }
    if (this.errand) return this.errandWish(delta);
    const speed = this.controls.isRunning
      ? this.speedMax
      : Math.min(this.world.speed.walk, this.speedMax);
    const [s, c] = [Math.sin(this.camera.yaw), Math.cos(this.camera.yaw)];
    return { x: (x * c - y * s) * speed, z: (-x * s - y * c) * speed, jump };
  }

  private errandWish(delta: number): Wish {
    const { body } = this;
    const moved = Math.hypot(body.velocityX, body.velocityZ);
    const speed = Math.min(this.speedMax, Math.max(this.world.speed.walk, this.speedMax * 0.7));
    const wish = this.errand?.next(body.x, body.z, moved, speed, delta);
    if (wish) this.held = null;
    else this.errand = null;
    return wish ?? { x: 0, z: 0, jump: false };
  }

  private toggleSitting(): void {
    this.held = this.held?.pose === POSE.sit ? null : { pose: POSE.sit, left: Infinity };
  }

  private choosePose(wish: Wish, delta: number): void {
    const isStill = wish.x === 0 && wish.z === 0 && this.body.isGrounded;
    if (this.held) {
      this.held.left -= delta;
      if (this.held.left <= 0) this.held = null;
    }
    const runFrom = (this.world.speed.walk + this.speedMax) / 2;
    this.pose =
      this.held && isStill
        ? this.held.pose
        : this.body.pose(Math.max(runFrom, this.world.speed.walk * 1.15));
  }

  private turnBody(wish: Wish, delta: number): void {
    const isFirst = this.camera.isFirstPerson;
    if (!isFirst && wish.x === 0 && wish.z === 0) return;
    const target = isFirst ? this.camera.yaw : Math.atan2(-wish.x, -wish.z);
    const apart = ((((target - this.yaw) % TURN) + TURN * 1.5) % TURN) - Math.PI;
    this.yaw += apart * (1 - Math.exp(-BODY_TURN_EASE * delta));
  }
}
