// world_features: what a built world offers besides its looks, as the rooms of the scene tell each other.

/** Somewhere to sit: the middle of its front edge, on top, where the hips come. */
export interface Seat {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Where one looks, in turns as in MoveState: 0 along -z. */
  readonly yaw: number;
}

export type SoundKind = 'water' | 'leaves' | 'chimes' | 'portal';

/** Something that sounds from where it stands. */
export interface SoundSource {
  readonly kind: SoundKind;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** What is underfoot. In the order of the numbers that triangles carry. */
export const GROUND_KINDS = ['stone', 'wood', 'grass', 'earth', 'metal', 'cloth', 'water'] as const;

export type GroundKind = (typeof GROUND_KINDS)[number];

/** A lamp of the world: shines at dusk and at night. */
export interface LampPlace {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** '#rrggbb', sRGB. */
  readonly color: string;
  readonly intensity: number;
  /** Metres. */
  readonly range: number;
}
