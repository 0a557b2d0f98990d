/** Where one's own body is: what sendMove() takes. Rounded to centimetres and 256ths on the wire. */
export interface MoveState {
  /** Metres: right-handed, y up. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Turns about +y, any real number: 0 looks along -z, 0.25 along -x. */
  readonly yaw: number;
  /** One of POSE. */
  readonly pose: number;
  /** Of ENTITY_FLAG. */
  readonly flags: number;
}
