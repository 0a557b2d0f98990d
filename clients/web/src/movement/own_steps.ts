// own_steps: what is drawn of our own body. The simulation may snap (a step up, a correction by the
// server); what is shown eases after it and never lags for long.

const STEP_EASE = 14; // a second
const PLACE_EASE = 9;
/** A correction farther than this is a jump to another place: shown at once. */
const SNAP_METRES = 4;

export class OwnSteps {
  x = 0;
  y = 0;
  z = 0;
  private offX = 0;
  private offZ = 0;
  private offY = 0;

  /** The simulation was put elsewhere: what is drawn comes after. */
  corrected(
    fromX: number,
    fromY: number,
    fromZ: number,
    toX: number,
    toY: number,
    toZ: number,
  ): void {
    this.offX += fromX - toX;
    this.offY += fromY - toY;
    this.offZ += fromZ - toZ;
    if (Math.hypot(this.offX, this.offY, this.offZ) > SNAP_METRES)
      this.offX = this.offY = this.offZ = 0;
  }

  /** `grounded` steps of the ground are eased, falls and jumps are shown as they are. */
  follow(x: number, y: number, z: number, isGrounded: boolean, delta: number): void {
    const step = y - (this.y - this.offY);
    const across = Math.hypot(x - (this.x - this.offX), z - (this.z - this.offZ));
    // What a slope would give is not a step.
    const isStep = Math.abs(step) > across * 1.1 + 0.03 && Math.abs(step) < 0.6;
    if (isGrounded && isStep) this.offY -= step;
    const place = Math.exp(-PLACE_EASE * delta);
    this.offX *= place;
    this.offZ *= place;
    this.offY *= Math.exp(-STEP_EASE * delta);
    this.x = x + this.offX;
    this.y = y + this.offY;
    this.z = z + this.offZ;
  }
}
