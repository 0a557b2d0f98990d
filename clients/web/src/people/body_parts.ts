// body_parts: what people are made of, at one level of detail: every part that any look may show, one
// behind the other in a few arrays. From these a person's own geometry is put together.

/** Levels of detail, the finest first. */
export const LODS = ['full', 'half', 'quarter', 'crowd'] as const;
export type Lod = (typeof LODS)[number];

/** Which nibble of a look code decides about a part. */
export const SLOT_SHIFT = { figure: 0, head: 12, accessory: 24 } as const;
export type Slot = 'always' | keyof typeof SLOT_SHIFT;
const SLOTS: readonly Slot[] = ['always', 'figure', 'head', 'accessory'];

/** What a vertex is coloured by, as _ROLE in people.glb numbers it. */
export const ROLE = {
  skin: 0,
  hair: 1,
  top: 2,
  bottom: 3,
  accent: 4,
  shoes: 5,
  blush: 6,
  fixed: 7,
  eye: 8,
  white: 9,
} as const;

export interface PartShape {
  /** Metres, in the rest pose of the middle figure. */
  readonly position: Float32Array;
  readonly normal: Float32Array;
  /** Linear, 0 to 1: three numbers a vertex. */
  readonly color: Float32Array;
  readonly role: Uint8Array;
  readonly joints: Uint8Array;
  /** Sum 1: four numbers a vertex. */
  readonly weights: Float32Array;
  readonly index: Uint32Array;
}

export interface PartSource extends PartShape {
  readonly name: string;
  readonly slot: Slot;
  /** Of the slot's sixteen, those that show it; of no matter for `always`. */
  readonly choices: readonly number[];
  /** Names of parts that are not shown together with it. */
  readonly hides: readonly string[];
}

/** A run of vertices and indices that the same choices show. */
export interface Part {
  readonly name: string;
  readonly slot: Slot;
  /** A bit for each choice. */
  readonly mask: number;
  readonly hides: readonly string[];
  readonly firstVertex: number;
  readonly vertices: number;
  readonly firstIndex: number;
  readonly indices: number;
}

export interface BodyParts {
  readonly parts: readonly Part[];
  readonly position: Float32Array;
  /** Signed bytes, the fourth is not used. */
  readonly normal: Int8Array;
  /** Linear shade in the first three, the role in the fourth. */
  readonly shade: Uint8Array;
  readonly joints: Uint8Array;
  readonly weights: Uint8Array;
  readonly index: Uint32Array;
}

export function gatherParts(sources: readonly PartSource[]): BodyParts {
  const vertices = sum(sources, (source) => source.role.length);
  const indices = sum(sources, (source) => source.index.length);
  const all = {
    parts: [] as Part[],
    position: new Float32Array(vertices * 3),
    normal: new Int8Array(vertices * 4),
    shade: new Uint8Array(vertices * 4),
    joints: new Uint8Array(vertices * 4),
    weights: new Uint8Array(vertices * 4),
    index: new Uint32Array(indices),
  };
  let [firstVertex, firstIndex] = [0, 0];
  for (const source of sources) {
    const { name, slot, hides } = source;
    const mask = source.choices.reduce((bits, choice) => bits | (1 << choice), 0);
    const size = { vertices: source.role.length, indices: source.index.length };
    all.parts.push({ name, slot, mask, hides, firstVertex, firstIndex, ...size });
    all.position.set(source.position, firstVertex * 3);
    all.joints.set(source.joints, firstVertex * 4);
    all.index.set(source.index, firstIndex);
    packVertices(source, all, firstVertex);
    firstVertex += size.vertices;
    firstIndex += size.indices;
  }
  return all;
}

function packVertices(source: PartShape, to: BodyParts, first: number): void {
  for (let i = 0; i < source.role.length; i++) {
    const at = (first + i) * 4;
    for (let k = 0; k < 3; k++) {
      to.normal[at + k] = Math.round((source.normal[i * 3 + k] ?? 0) * 127);
      to.shade[at + k] = Math.round(Math.min(1, source.color[i * 3 + k] ?? 1) * 255);
    }
    to.shade[at + 3] = source.role[i] ?? ROLE.fixed;
    let left = 255;
    for (let k = 3; k > 0; k--) {
      const weight = Math.round((source.weights[i * 4 + k] ?? 0) * 255);
      to.weights[at + k] = weight;
      left -= weight;
    }
    // The heaviest takes what rounding left, so that the sum is exact.
    to.weights[at] = left;
  }
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0);
}

export function isSlot(value: unknown): value is Slot {
  return SLOTS.includes(value as Slot);
}

function isChosen({ slot, mask }: Part, look: number): boolean {
  return slot === 'always' || ((mask >>> ((look >>> SLOT_SHIFT[slot]) & 15)) & 1) === 1;
}

/** What somebody of that look wears. */
export function wornParts(body: BodyParts, look: number): Part[] {
  const chosen = body.parts.filter((part) => isChosen(part, look));
  const hidden = new Set(chosen.flatMap((part) => part.hides));
  return hidden.size === 0 ? chosen : chosen.filter((part) => !hidden.has(part.name));
}

/** The most that any look needs of `of`. */
export function mostWorn(body: BodyParts, of: (part: Part) => number): number {
  const most = (slot: Slot): number => {
    const own = body.parts.filter((part) => part.slot === slot);
    if (slot === 'always') return sum(own, of);
    const sums = Array.from({ length: 16 }, (_, choice) =>
      sum(
        own.filter((part) => ((part.mask >>> choice) & 1) === 1),
        of,
      ),
    );
    return Math.max(...sums);
  };
  return sum(SLOTS, most);
}
