// walking_body: our own body among the colliders. Pure rules: no keys, no camera, no clock.
//
// The body floats: three balls from the knees up meet walls and ceilings, while rays find the ground
// under the feet. A step of up to BODY.step is then walked up without a special case, and the seams
// between floor triangles cannot catch a foot. Movement is cut into pieces shorter than a ball's radius,
// so that nothing is passed through at any frame rate.

import { POSE } from '@flux/sdk';
import type { GroundKind } from '../world/world_features.ts';
import { BALLS, BODY, FEET, FLOOR_NORMAL } from './body_shape.ts';
import { closestPoint, type Spot } from './closest_point.ts';
import type { TriangleGrid } from './triangle_grid.ts';

/** Full speed is reached in so long from rest, and lost in so long: weight without delay. */
const ACCELERATE_SECONDS = 0.12;
const BRAKE_SECONDS = 0.15;
/** In the air one steers, but not on a coin. */
const AIR_SECONDS = 0.5;
const DRIFT_SECONDS = 1.6;

const GRAVITY = 14; // a little more than on earth: jumps feel crisp
const JUMP_SPEED = 5.4; // about a metre high when the key is held
/** Let go of while rising, and one turns back sooner. */
const SHORT_JUMP_GRAVITY = 36;
const FALL_GRAVITY = 18;
const FALL_SPEED_MAX = 14; // the server allows three times the greatest speed over the ground

/** How far one is drawn down to the ground when walking off an edge or down a slope. */
const STICK = 0.5;
const MOVE_MAX = 0.12;
const STEPS_MAX = 40;
/** After an edge one may still jump for this long, and a jump asked for early waits as long. */
const GRACE_SECONDS = 0.12;
const LAND_SECONDS = 0.14;
const LAND_SPEED = 3;

export interface Bounds {
  readonly least: readonly [number, number, number];
  readonly most: readonly [number, number, number];
}

export interface Wish {
  /** Velocity over the ground that is wanted, metres a second. */
  readonly x: number;
  readonly z: number;
  readonly jump: boolean;
  /** The jump is still asked for: held, it goes higher. */
  readonly hold?: boolean;
}

export class WalkingBody {
  x = 0;
  y = 0;
  z = 0;
  velocityX = 0;
  velocityY = 0;
  velocityZ = 0;
  isGrounded = true;
  /** What is underfoot, or was when the feet left it. */
  ground: GroundKind;
  private fullSpeed = 0;
  private sinceGround = 0;
  private sinceJumpAsked = Infinity;
  private sinceLanding = Infinity;
  private readonly grid: TriangleGrid;
  private readonly bounds: Bounds;
  private readonly spot: Spot = { x: 0, y: 0, z: 0 };

  constructor(grid: TriangleGrid, bounds: Bounds) {
    this.grid = grid;
    this.bounds = bounds;
    this.ground = grid.levelGround;
  }

  /** Over the ground, metres a second. */
  get speed(): number {
    return Math.hypot(this.velocityX, this.velocityZ);
  }

  /** Puts the body somewhere, at rest. */
  put(x: number, y: number, z: number): void {
    this.x = x;
    this.y = y;
    this.z = z;
    this.velocityX = this.velocityY = this.velocityZ = 0;
    this.clamp();
    this.isGrounded = this.groundUnder(BODY.step, STICK) !== null;
    this.sinceGround = 0;
  }

  /** Keeps the body at a place whatever is there: on a seat, on the way to it. */
  hold(x: number, y: number, z: number): void {
    this.x = x;
    this.y = y;
    this.z = z;
    this.velocityX = this.velocityY = this.velocityZ = 0;
    this.isGrounded = true;
    this.sinceGround = 0;
  }

  step(wish: Wish, delta: number): void {
    this.steer(wish, delta);
    this.jump(wish, delta);
    const distance = Math.hypot(this.velocityX, this.velocityY, this.velocityZ) * delta;
    const pieces = Math.min(STEPS_MAX, Math.max(1, Math.ceil(distance / MOVE_MAX)));
    for (let i = 0; i < pieces; i++) this.move(delta / pieces);
  }

  /** What the body is seen doing. */
  pose(runFrom: number): number {
    if (!this.isGrounded && this.velocityY > 0) return POSE.jump;
    if (!this.isGrounded && this.sinceGround > GRACE_SECONDS) return POSE.fall;
    const { speed } = this;
    if (speed > runFrom) return POSE.run;
    if (speed > 0.25) return POSE.walk;
    return this.sinceLanding < LAND_SECONDS ? POSE.land : POSE.idle;
  }

  /** Towards the wanted velocity at an even rate: full speed takes as long whatever full speed is. */
  private steer(wish: Wish, delta: number): void {
    const [dx, dz] = [wish.x - this.velocityX, wish.z - this.velocityZ];
    const apart = Math.hypot(dx, dz);
    if (apart === 0) return;
    const wanted = Math.hypot(wish.x, wish.z);
    // What is braked from stays the measure until one goes again, or braking would never end.
    if (wanted > 0) this.fullSpeed = Math.max(wanted, this.speed);
    const most = (Math.max(this.fullSpeed, 1) * delta) / this.steerSeconds(wanted);
    const ease = Math.min(1, most / apart);
    this.velocityX += dx * ease;
    this.velocityZ += dz * ease;
  }

  private steerSeconds(wanted: number): number {
    if (!this.isGrounded) return wanted === 0 ? DRIFT_SECONDS : AIR_SECONDS;
    return wanted < this.speed - 0.05 ? BRAKE_SECONDS : ACCELERATE_SECONDS;
  }

  private jump(wish: Wish, delta: number): void {
    this.sinceJumpAsked = wish.jump ? 0 : this.sinceJumpAsked + delta;
    this.sinceLanding += delta;
    this.sinceGround = this.isGrounded ? 0 : this.sinceGround + delta;
    if (
      this.sinceJumpAsked < GRACE_SECONDS &&
      this.sinceGround < GRACE_SECONDS &&
      this.velocityY <= 0
    ) {
      this.velocityY = JUMP_SPEED;
      this.isGrounded = false;
      this.sinceGround = GRACE_SECONDS;
      this.sinceJumpAsked = Infinity;
      return;
    }
    if (this.isGrounded) return;
    const isHeld = wish.jump || wish.hold;
    const pull = this.velocityY <= 0 ? FALL_GRAVITY : isHeld ? GRAVITY : SHORT_JUMP_GRAVITY;
    this.velocityY = Math.max(-FALL_SPEED_MAX, this.velocityY - pull * delta);
  }

  private move(delta: number): void {
    const [beforeX, beforeZ] = [this.x, this.z];
    this.x += this.velocityX * delta;
    this.z += this.velocityZ * delta;
    this.y += this.velocityY * delta;
    for (let round = 0; round < 3; round++) if (!this.pushOut()) break;
    this.clamp();
    this.meetGround();
    this.loseBlockedSpeed(beforeX, beforeZ, delta);
  }

  /**
   * A wall takes away the speed towards it and leaves the speed along it, so that one neither winds up
   * against it nor sticks to it.
   */
  private loseBlockedSpeed(beforeX: number, beforeZ: number, delta: number): void {
    const [x, z] = [(this.x - beforeX) / delta, (this.z - beforeZ) / delta];
    const before = this.speed;
    const after = Math.hypot(x, z);
    // Being pushed out of something is not a reason to go faster.
    const share = after > before ? before / after : 1;
    this.velocityX = x * share;
    this.velocityZ = z * share;
  }

  private meetGround(): void {
    const isRising = this.velocityY > 0;
    const ground = this.groundUnder(BODY.step, this.isGrounded ? STICK : 0);
    if (ground === null || (isRising && ground < this.y)) {
      this.isGrounded = false;
      return;
    }
    this.y = ground;
    // A step met on the way up lifts the jump; it does not end it.
    this.isGrounded = !isRising;
    if (isRising) return;
    if (this.velocityY < -LAND_SPEED) this.sinceLanding = 0;
    this.velocityY = 0;
  }

  /** The highest floor between `up` above the feet and `down` below them, or null. */
  private groundUnder(up: number, down: number): number | null {
    const { grid } = this;
    // The level ground to the horizon.
    let best: number | null = this.y - down <= 0 ? 0 : null;
    let kind = grid.levelGround;
    for (const [dx, dz] of FEET) {
      const reach = up + down + 0.001;
      const hit = grid.cast(this.x + dx, this.y + up, this.z + dz, 0, -1, 0, reach);
      if (!hit || hit.ny < FLOOR_NORMAL) continue;
      const height = this.y + up - hit.distance;
      if (best !== null && height <= best) continue;
      best = height;
      kind = grid.groundOf(hit.triangle);
    }
    if (best !== null) this.ground = kind;
    return best;
  }

  /** Moves the balls out of what they are in; true when anything was in the way. */
  private pushOut(): boolean {
    let isPushed = false;
    const candidates = this.grid.near(this.x, this.z, BODY.radius + 0.05);
    for (const triangle of candidates) {
      for (const height of BALLS) {
        if (this.pushBall(triangle, height)) isPushed = true;
      }
    }
    return isPushed;
  }

  private pushBall(triangle: number, height: number): boolean {
    const { spot } = this;
    closestPoint(this.grid.corners, triangle, this.x, this.y + height, this.z, spot);
    const dy = spot.y - (this.y + height);
    if (Math.abs(dy) >= BODY.radius) return false;
    const [dx, dz] = [this.x - spot.x, this.z - spot.z];
    const apart = Math.hypot(dx, dz);
    const needed = Math.sqrt(BODY.radius ** 2 - dy * dy);
    if (apart >= needed - 1e-6) return false;
    if (apart < 1e-4) return this.bump(dy);
    this.x += (dx / apart) * (needed - apart);
    this.z += (dz / apart) * (needed - apart);
    return true;
  }

  /** Something lies right above the head: it stops a rise. */
  private bump(dy: number): boolean {
    if (dy <= 0) return false;
    this.y -= BODY.radius - dy;
    this.velocityY = Math.min(0, this.velocityY);
    return true;
  }

  private clamp(): void {
    const { least, most } = this.bounds;
    const inside = (value: number, low: number, high: number) =>
      Math.min(high, Math.max(low, value));
    this.x = inside(this.x, least[0] + BODY.radius, most[0] - BODY.radius);
    this.z = inside(this.z, least[2] + BODY.radius, most[2] - BODY.radius);
    if (this.y > most[1] - 0.05) this.velocityY = Math.min(0, this.velocityY);
    this.y = inside(this.y, least[1] + 0.05, most[1] - 0.05);
  }
}
