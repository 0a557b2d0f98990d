import type { MoveState } from './move_state.ts';
import type { WireExports } from './wire_module.ts';

const MOVE_BYTES = 14;

/** A move as the wire has it: centimetres and 256ths of a turn. */
export interface WireMove {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
  readonly pose: number;
  readonly flags: number;
}

export const toWireMove = (state: MoveState): WireMove => ({
  x: Math.round(state.x * 100),
  y: Math.round(state.y * 100),
  z: Math.round(state.z * 100),
  yaw: Math.round(state.yaw * 256) & 0xff,
  pose: state.pose,
  flags: state.flags,
});

export const sameWireMove = (a: WireMove, b: WireMove): boolean =>
  a.x === b.x &&
  a.y === b.y &&
  a.z === b.z &&
  a.yaw === b.yaw &&
  a.pose === b.pose &&
  a.flags === b.flags;

/** A message of its own memory, ready to be sent. */
export const encodeMove = (
  wire: WireExports,
  sequence: number,
  move: WireMove,
): Uint8Array<ArrayBuffer> => {
  const at = wire.flux_move_write(
    sequence,
    move.x,
    move.y,
    move.z,
    move.yaw,
    move.pose,
    move.flags,
  );
  return new Uint8Array(wire.memory.buffer.slice(at, at + MOVE_BYTES) as ArrayBuffer);
};
