// self_control: our own body from hands to the wire: what is asked for, the deed that goes on by itself,
// the simulation, the camera, and what the server says about it all.

import {
  type EmoteName,
  ENTITY_FLAG,
  type EntityId,
  type FluxClient,
  type MoveState,
  type WelcomeEvent,
  type WorldDocument,
} from '@flux/sdk';
import type { SelfState, ShellPadAction } from '../app/scene_contract.ts';
import { Motion } from '../people/motion.ts';
import { PAD_DEFAULT, type SettingsStore } from '../settings/settings.ts';
import type { GroundKind, Seat } from '../world/world_features.ts';
import { type ClickTarget, clickTarget, rayThrough } from './click_target.ts';
import { Controls } from './controls.ts';
import { Deeds } from './deeds.ts';
import { type CameraSettings, type Eye, FollowCamera } from './follow_camera.ts';
import type { Paces } from './following.ts';
import { OtherPeople } from './other_people.ts';
import { OwnSteps } from './own_steps.ts';
import { PhotoCamera } from './photo_camera.ts';
import { ShownPose } from './shown_pose.ts';
import type { TriangleGrid } from './triangle_grid.ts';
import { WalkMap } from './walk_map.ts';
import { WalkingBody, type Wish } from './walking_body.ts';
import type { WaySpot } from './way_search.ts';

const TURN = Math.PI * 2;
const BODY_TURN_EASE = 12; // a second
/** Below the server's limit: rounding to centimetres must not make us too fast. */
const SPEED_SHARE = 0.97;
const STEP_MAX = 0.5; // seconds: after a stall the body goes on from where it was
/** The simulation's own step: however slowly pictures come, the body moves alike. */
const SLICE_MAX = 1 / 30;
/** A frame's time for getting to know the ground around us. */
const WARM_MS = 0.3;
/** Moved farther than this, the camera is there at once. */
const FAR_METRES = 6;
const FIELD_OF_VIEW = 60;
const STILL: Wish = { x: 0, z: 0, jump: false };

export interface SelfOptions {
  readonly canvas: HTMLCanvasElement;
  readonly client: FluxClient;
  readonly world: WorldDocument;
  readonly grid: TriangleGrid;
  /** A click or tap. True: it was somebody, and we stay where we are. */
  readonly onTap: (x: number, y: number) => unknown;
  readonly seats?: readonly Seat[];
  readonly settings?: SettingsStore;
  readonly onSeat?: (isNear: boolean) => void;
  readonly onFollow?: (id: EntityId | null) => void;
  readonly onPadAction?: (action: ShellPadAction) => void;
}

export class SelfControl {
  readonly camera = new FollowCamera();
  readonly controls: Controls;
  readonly motion = new Motion();
  private readonly options: SelfOptions;
  private readonly client: FluxClient;
  private readonly world: WorldDocument;
  private readonly grid: TriangleGrid;
  private readonly body: WalkingBody;
  private readonly map: WalkMap;
  private readonly deeds: Deeds;
  private readonly drawn = new OwnSteps();
  private readonly shown = new ShownPose();
  private photo: PhotoCamera | null = null;
  private speedMax: number;
  private yaw = 0; // radians
  private isHandRaised = false;
  private readonly flags = matchMedia('(pointer: coarse)').matches ? ENTITY_FLAG.phone : 0;
  private readonly stops: (() => void)[] = [];

  constructor(options: SelfOptions) {
    this.options = options;
    const { client, world, grid } = options;
    this.client = client;
    this.world = world;
    this.grid = grid;
    this.body = new WalkingBody(grid, world.bounds);
    this.map = new WalkMap(grid, world.bounds);
    const people = new OtherPeople(client);
    this.deeds = new Deeds(this.body, this.map, people, options.seats ?? [], options);
    this.speedMax = world.speed.run;
    this.controls = this.listen(options);
    if (client.welcome) this.welcomed(client.welcome);
    this.stops.push(
      client.on('welcome', (welcome) => this.welcomed(welcome)),
      client.on('correct', ({ place }) => this.moveTo(place.x, place.y, place.z)),
    );
  }

  get state(): SelfState {
    const { x, y, z } = this.drawn;
    return { x, y, z, yaw: this.yaw / TURN, pose: this.shown.pose };
  }

  /** Where the picture is seen from: behind us, or in photo mode wherever it floats. */
  get eye(): Readonly<Eye> {
    return this.photo?.eye ?? this.camera.eye;
  }

  /** True while our own body would fill the picture. */
  get hidesBody(): boolean {
    return !this.photo && this.camera.hidesBody;
  }

  /** What is under our feet, or was when they left it. */
  get ground(): GroundKind {
    return this.body.ground;
  }

  get isGrounded(): boolean {
    return this.body.isGrounded;
  }

  /** Where a walk by ourselves leads, while there is one. */
  get errandTarget(): WaySpot | null {
    return this.deeds.errandTarget;
  }

  walkTo(x: number, z: number): Promise<void> {
    this.shown.end();
    return this.deeds.walkTo({ x, z }, false);
  }

  /** Walks after somebody until we steer or they leave; null: no more. */
  follow(id: EntityId | null): void {
    if (id !== null) this.shown.end();
    this.deeds.follow(id);
  }

  playEmote(name: EmoteName): void {
    this.deeds.sitting.stand(this.body);
    this.shown.showEmote(name);
  }

  /** On the nearest free seat within reach, or where we are; again: up. */
  toggleSitting(): void {
    if (this.photo) return;
    if (this.deeds.sitting.seat) this.deeds.interrupt();
    else if (this.shown.isSitting) this.shown.end();
    else if (!this.deeds.sitNear()) {
      this.deeds.interrupt();
      this.shown.sitDown();
    }
  }

  toggleView(): void {
    if (!this.photo) this.camera.toggleFirstPerson();
  }

  setHand(isRaised: boolean): void {
    this.isHandRaised = isRaised;
  }

  /** The body stands still; what steered it steers the eye. */
  setPhotoMode(on: boolean): void {
    if (on === (this.photo !== null)) return;
    if (on && !this.deeds.sitting.seat) this.deeds.interrupt();
    this.photo = on ? new PhotoCamera(this.camera.eye) : null;
    this.controls.takeJump();
  }

  /** Turns what is seen: pixels of a drag. */
  look(dx: number, dy: number): void {
    (this.photo ?? this.camera).look(dx, dy);
  }

  /** One frame. `headHeight`: where the camera turns about. */
  update(delta: number, headHeight: number, settings: CameraSettings): void {
    const step = Math.min(delta, STEP_MAX);
    this.controls.poll(step);
    this.map.warm(this.body.x, this.body.z, WARM_MS);
    const wish = this.simulate(step);
    const turn = this.turnBody(wish, step);
    const { x, y, z, isGrounded } = this.body;
    const { drawn, shown } = this;
    shown.update(this.body.pose(this.runFrom), this.deeds.sitting.isSeated, turn, step);
    drawn.follow(x, y, z, isGrounded, step);
    this.motion.advance(drawn.x, drawn.y, drawn.z, this.yaw / TURN, shown.pose, step);
    this.moveEye(headHeight, settings, step);
    this.deeds.watchSeats(step);
    this.client.sendMove(this.move());
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.deeds.interrupt();
    this.controls.dispose();
  }

  private listen({ canvas, settings, onPadAction }: SelfOptions): Controls {
    const events = {
      onLook: (dx: number, dy: number) => this.look(dx, dy),
      onTurn: (left: number, up: number) => (this.photo ?? this.camera).turn(left, up),
      onZoom: (amount: number) => {
        if (!this.photo) this.camera.zoom(amount);
      },
      onToggleView: () => this.toggleView(),
      onSit: () => this.toggleSitting(),
      onTap: (x: number, y: number, isSecond: boolean) => this.tapped(x, y, isSecond),
      onPadAction: (action: ShellPadAction) => onPadAction?.(action),
    };
    return new Controls(canvas, events, () => settings?.getState().pad ?? PAD_DEFAULT);
  }

  private tapped(x: number, y: number, isSecond: boolean): void {
    if (this.photo || this.options.onTap(x, y) === true) return;
    const walks = this.options.settings?.getState().clickToWalk ?? false;
    if (walks) this.goTo(this.pointedAt(x, y), isSecond);
    else if (isSecond) void this.controls.pointer.lock();
  }

  /** What lies under a point of the canvas. */
  private pointedAt(x: number, y: number): ClickTarget | null {
    const { canvas, settings } = this.options;
    const [width, height] = [Math.max(1, canvas.clientWidth), Math.max(1, canvas.clientHeight)];
    const fieldOfView = settings?.getState().fieldOfView ?? FIELD_OF_VIEW;
    const [right, up] = [(x / width) * 2 - 1, 1 - (y / height) * 2];
    return clickTarget(rayThrough(this.eye, right, up, fieldOfView, width / height), {
      grid: this.grid,
      portals: this.world.portals ?? [],
      seatAt: (sx, sy, sz, reach) => this.deeds.sitting.at(sx, sy, sz, reach),
    });
  }

  /** A second click on the way makes haste. A way that is not there is no reason to complain. */
  private goTo(target: ClickTarget | null, isHurried: boolean): void {
    if (!target) return;
    this.shown.end();
    if (target.kind === 'seat') {
      if (target.seat !== this.deeds.sitting.seat) this.deeds.goAndSit(target.seat);
      return;
    }
    const [x, y, z] =
      target.kind === 'portal' ? target.portal.position : ([target.x, target.y, target.z] as const);
    const spot = target.kind === 'portal' ? { x, z } : { x, y, z };
    this.deeds.walkTo(spot, isHurried).catch(() => {});
  }

  private get paces(): Paces {
    return { walk: Math.min(this.world.speed.walk, this.speedMax), run: this.speedMax };
  }

  private get runFrom(): number {
    const { walk } = this.world.speed;
    return Math.max((walk + this.speedMax) / 2, walk * 1.15);
  }

  /** Returns the last wish. */
  private simulate(step: number): Wish {
    const slices = Math.max(1, Math.ceil(step / SLICE_MAX));
    let wish = this.wish(step / slices);
    for (let i = 0; i < slices; i++) {
      if (i > 0) wish = this.wish(step / slices);
      if (step <= 0) continue;
      if (this.deeds.sitting.isHolding) this.deeds.sitting.update(this.body, step / slices);
      else this.body.step(wish, step / slices);
    }
    return wish;
  }

  private wish(delta: number): Wish {
    if (this.photo) return STILL;
    const { controls } = this;
    const { x, y } = controls.direction;
    const jump = controls.takeJump();
    if (x !== 0 || y !== 0 || jump) {
      this.deeds.interrupt();
      this.shown.end();
    } else {
      const wish = this.deeds.wish(this.paces, delta);
      if (wish) return wish;
    }
    const speed = controls.isRunning ? this.paces.run : this.paces.walk;
    const [s, c] = [Math.sin(this.camera.yaw), Math.cos(this.camera.yaw)];
    return {
      x: (x * c - y * s) * speed,
      z: (-x * s - y * c) * speed,
      jump,
      hold: controls.holdsJump,
    };
  }

  /** Towards where it walks, or where the deed has it look. Returns radians a second. */
  private turnBody(wish: Wish, delta: number): number {
    const isStill = wish.x === 0 && wish.z === 0;
    const isFirst = this.camera.isFirstPerson && !this.photo;
    const { facing } = this.deeds;
    if (isStill && !isFirst && facing === null) return 0;
    const ahead = isFirst ? this.camera.yaw : Math.atan2(-wish.x, -wish.z);
    const target = this.deeds.sitting.seat || (isStill && !isFirst) ? (facing ?? ahead) : ahead;
    const apart = ((((target - this.yaw) % TURN) + TURN * 1.5) % TURN) - Math.PI;
    const turn = apart * (1 - Math.exp(-BODY_TURN_EASE * delta));
    this.yaw += turn;
    return delta > 0 ? turn / delta : 0;
  }

  private moveEye(headHeight: number, settings: CameraSettings, delta: number): void {
    const { camera, controls, drawn, grid, photo } = this;
    const { x, y } = controls.direction;
    if (photo) {
      const steer = { x, y, rise: controls.rise, isFast: controls.isRunning };
      photo.update(steer, drawn, grid, settings.smoothing, delta);
      controls.takeJump();
    } else camera.trail(x, settings, delta);
    camera.update(drawn.x, drawn.y + headHeight, drawn.z, grid, settings, delta);
  }

  private move(): MoveState {
    const { x, y, z } = this.body;
    const flags = this.flags | (this.isHandRaised ? ENTITY_FLAG.handRaised : 0);
    return { x, y, z, yaw: this.yaw / TURN, pose: this.shown.pose, flags };
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
    const { body, drawn } = this;
    const [fromX, fromY, fromZ] = [body.x, body.y, body.z];
    this.deeds.moved();
    body.put(x, y, z);
    drawn.corrected(fromX, fromY, fromZ, body.x, body.y, body.z);
    if (Math.hypot(x - fromX, z - fromZ) <= FAR_METRES) return;
    this.camera.jump();
    if (this.photo) this.photo = new PhotoCamera({ ...this.photo.eye, x, y: y + 1.5, z });
  }
}
