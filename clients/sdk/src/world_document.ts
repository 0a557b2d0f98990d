// A world as worlds/world.schema.json describes it, version 1: metres, degrees, right-handed, y up. The
// server has checked what it serves. What may be absent has its default in the schema.

/** One text in several languages. */
export interface WorldText {
  readonly en: string;
  readonly ko?: string;
}

export type Vector2 = readonly [number, number];
export type Vector3 = readonly [number, number, number];
/** '#rrggbb', sRGB. */
export type Color = string;

export interface WorldDocument {
  readonly format: 'flux.world';
  readonly version: 1;
  readonly id: string;
  readonly name: WorldText;
  readonly description: WorldText;
  readonly bounds: { readonly least: Vector3; readonly most: Vector3 };
  readonly spawns: readonly WorldSpawn[];
  readonly capacity: number;
  readonly speed: { readonly walk: number; readonly run: number };
  readonly earshot: number;
  readonly environment: WorldEnvironment;
  readonly materials?: Readonly<Record<string, WorldMaterial>>;
  readonly prefabs?: Readonly<Record<string, readonly WorldObject[]>>;
  readonly objects: readonly WorldObject[];
  readonly portals?: readonly WorldPortal[];
  readonly signs?: readonly WorldSign[];
}

export interface WorldSpawn {
  readonly position: Vector3;
  readonly yaw?: number;
  readonly radius?: number;
  /** Only for those who come by a portal that names it. */
  readonly portal?: boolean;
}

export interface WorldEnvironment {
  readonly preset: 'day' | 'dusk' | 'night';
  readonly exposure?: number;
  readonly sky: readonly { readonly at: number; readonly color: Color }[];
  readonly sun: {
    readonly elevation: number;
    readonly azimuth: number;
    readonly color: Color;
    readonly intensity: number;
  };
  readonly hemisphere: { readonly sky: Color; readonly ground: Color; readonly intensity: number };
  readonly fog: { readonly color: Color; readonly near: number; readonly far: number };
  readonly ground: { readonly color: Color; readonly roughness?: number };
  /** Baked light on what lies flat: a picture (red: how much of the sky is seen) over part of the ground. */
  readonly shade?: {
    readonly url: string;
    /** [x, z] of its corners: the picture's top left is `least`. */
    readonly least: Vector2;
    readonly most: Vector2;
  };
}

export interface WorldMaterial {
  readonly color: Color;
  readonly colorTop?: Color;
  readonly roughness?: number;
  readonly metalness?: number;
  readonly emissive?: Color;
  readonly emissiveIntensity?: number;
  readonly opacity?: number;
  readonly effect?: 'none' | 'water' | 'foliage';
}

interface Placed {
  /** Always there in `objects` of the document itself. */
  readonly id?: string;
  readonly position?: Vector3;
  readonly rotation?: Vector3;
  readonly scale?: number;
}

interface Material {
  /** A name from the document's materials, or one of its own. */
  readonly material?: string | WorldMaterial;
}

interface Shape extends Placed, Material {
  readonly collider?: WorldCollider;
  readonly castShadow?: boolean;
}

interface Solid extends Shape {
  readonly size: Vector3;
}

export type WorldCollider = 'none' | 'box' | 'cylinder' | 'hull' | 'auto';

export type WorldObject =
  | (Solid & { readonly kind: 'box'; readonly bevel?: number })
  | (Solid & { readonly kind: 'cylinder'; readonly top?: number })
  | (Solid & { readonly kind: 'cone' | 'sphere' | 'dome' | 'capsule' })
  | (Solid & { readonly kind: 'torus'; readonly arc?: number })
  | (Solid & { readonly kind: 'ring'; readonly hole: number; readonly arc?: number })
  | (Solid & { readonly kind: 'arch'; readonly hole?: number })
  | (Solid & { readonly kind: 'wedge' })
  | (Solid & { readonly kind: 'stairs'; readonly steps: number })
  | (Shape & { readonly kind: 'plane'; readonly size: Vector2 })
  | (Shape & {
      readonly kind: 'disc';
      readonly size: Vector2;
      readonly hole?: number;
      readonly arc?: number;
    })
  | (Placed &
      Material & { readonly kind: 'text'; readonly text: WorldText; readonly height: number })
  | (Placed & {
      readonly kind: 'light';
      readonly color: Color;
      readonly intensity: number;
      readonly range: number;
    })
  | (Shape & {
      readonly kind: 'model';
      /** A glTF file, or one node of it and what is below that: /art/built.glb#fountain. */
      readonly url: string;
      /** Multiplies the parts of the model that are made to be coloured. */
      readonly tint?: Color;
    })
  | (Placed & { readonly kind: 'group'; readonly objects: readonly WorldObject[] })
  | (Placed & {
      readonly kind: 'prefab';
      readonly prefab: string;
      readonly materials?: Readonly<Record<string, string>>;
    });

export interface WorldPortal {
  readonly id: string;
  /** A world's id here, or another server's world: https://host/w/ID. */
  readonly to: string;
  readonly spawn?: number;
  readonly position: Vector3;
  readonly yaw?: number;
  readonly size: Vector2;
  readonly label: WorldText;
}

export interface WorldSign {
  readonly id: string;
  readonly text: WorldText;
  readonly position: Vector3;
  readonly yaw?: number;
  readonly size: Vector2;
  readonly color?: Color;
  readonly board?: Color;
  readonly style?: 'board' | 'plain';
}
