/**
 * Everybody the client knows of in its instance, as wire/picture.h keeps them in the codec's memory.
 * The arrays are views of that memory: read them in place, every frame if you like, and never write.
 * They have `capacity` rows, of which [0, count) are in use and dense: a row that goes is replaced by
 * the last one, so a row's number is good only until the next frame arrives: keep ids, not rows.
 *
 * The arrays stay the same objects for the client's life. You yourself are one of the rows.
 *
 * To draw at tick `client.now()`: let t = client.now() - epochTick and show
 * mix(from, to, clamp((t - time[0]) / (time[1] - time[0]), 0, 1)).
 */
export interface PictureView {
  readonly capacity: number;
  /** Rows in use. */
  readonly count: number;

  readonly id: Uint32Array;
  /** 0 until the server has described the entity. */
  readonly look: Uint32Array;
  /** 0 is a person; pass over what you do not know. */
  readonly kind: Uint8Array;
  readonly pose: Uint8Array;
  readonly flags: Uint8Array;
  /** How near its cell is to us: 0 near, 1 middle, 2 far. */
  readonly level: Uint8Array;
  /** x, y, z in cm as the server said last, and yaw in 256ths of a turn: four a row. */
  readonly exact: Int32Array;
  /** Where it was shown when news came: x, y, z in metres, yaw in turns: four a row. */
  readonly from: Float32Array;
  /** Where it goes. Yaw is continuous from `from`: it may exceed 1 or be below 0. */
  readonly to: Float32Array;
  /** From when to when, in ticks after `epochTick`: two a row. */
  readonly time: Float32Array;

  /** What `time` counts from. When it moves, all rows are dirty. */
  readonly epochTick: number;
  /** Of the last frame taken in. */
  readonly tick: number;
  /** Grows whenever a row's entity changed: joined, left, or moved to another row. */
  readonly membershipVersion: number;
  readonly cellCount: number;
  /** News that could not be right: 0 in health. */
  readonly anomalies: number;

  /** The row of an entity, or -1. */
  find(id: number): number;
  /**
   * The rows touched since the last call, as [first, last), or null when none was. The object is
   * reused by the next call. There is one taker: the scene.
   */
  takeDirty(): DirtyRows | null;
}

export interface DirtyRows {
  first: number;
  last: number;
}
