// form_models: the forms of a document (boxes, cylinders, arches, ...) as models, so that they are drawn
// as models are. Those that stand alone become one model for each tile of the ground; a prefab that
// stands in many places is one model in all of them.

import { type BufferGeometry, Color, Matrix4, Vector3 } from 'three';
import { type EyeDetail, type FormShape, formOf, isForm } from './forms.ts';
import { type Model, type Placement, type SurfaceParts, shadeAt } from './model.ts';
import { GLOW_MOST, type Surface, type SurfaceKind } from './surface.ts';
import { type ColorAt, SurfaceBuilder } from './surface_builder.ts';
import type { Piece, Unfolded } from './unfold.ts';

/** Metres. */
const TILE = 48;
/** Pieces. Tiles with fewer go together. */
const SPARSE = 12;
/** Tall things are darker and cooler at the foot, as light is there. */
const FOOT_SHADE = [0.8, 0.77, 0.84] as const;
const FOOT_HEIGHT = 2.2;
const FOOT_FROM = 0.9;
/** Metres of a leaf's height above the foot at which the wind moves it fully. */
const SWAY_HEIGHT = 4;

/** Forms already made: a world repeats a few of them many times. */
class FormStore {
  private readonly forms = new Map<string, BufferGeometry>();
  private readonly detail: EyeDetail;

  constructor(detail: EyeDetail) {
    this.detail = detail;
  }

  take(shape: FormShape, isLeafy: boolean): BufferGeometry {
    const own = { ...shape, id: 0, position: 0, rotation: 0, material: 0, collider: 0, isLeafy };
    const key = JSON.stringify(own);
    const known = this.forms.get(key);
    if (known) return known;
    const form = formOf(shape, this.detail, isLeafy);
    form.computeBoundingBox();
    this.forms.set(key, form);
    return form;
  }
}

/** Colours of a form's vertices: from foot to top, per piece a little lighter or darker. */
function colorsOf(form: BufferGeometry, surface: Surface, matrix: Matrix4): ColorAt {
  const { color, colorTop, kind } = surface;
  const top = colorTop ?? color;
  const position = form.getAttribute('position');
  const [low, high] = [form.boundingBox?.min.y ?? 0, form.boundingBox?.max.y ?? 1];
  const extent = high - low;
  const isTall = !colorTop && kind !== 'glow' && extent > FOOT_FROM;
  const times = kind === 'glow' ? 1 / GLOW_MOST : shadeAt(matrix);
  return (i, out) => {
    const up = extent > 0 ? (position.getY(i) - low) / extent : 1;
    const t = kind === 'foliage' ? up * up * (3 - 2 * up) : up;
    const foot = isTall ? Math.max(0, 1 - (up * extent) / FOOT_HEIGHT) : 0;
    const mixed = (a: number, b: number, k: 0 | 1 | 2) =>
      (a + (b - a) * t) * times * (1 - foot * (1 - FOOT_SHADE[k]));
    out.r = mixed(color.r, top.r, 0);
    out.g = mixed(color.g, top.g, 1);
    out.b = mixed(color.b, top.b, 2);
    out.a = kind === 'foliage' ? Math.min(1, (up * extent) / SWAY_HEIGHT) : surface.opacity;
  };
}

function partsOf(pieces: readonly Piece[], forms: FormStore): SurfaceParts {
  const builders = new Map<SurfaceKind, SurfaceBuilder>();
  for (const { shape, surface, matrix } of pieces) {
    if (!isForm(shape)) continue;
    const builder = builders.get(surface.kind) ?? new SurfaceBuilder();
    builders.set(surface.kind, builder);
    const form = forms.take(shape, surface.kind === 'foliage');
    builder.append(form, matrix, colorsOf(form, surface, matrix));
  }
  return new Map([...builders].map(([kind, builder]) => [kind, builder.finish()]));
}

function castsShadow({ shape }: Piece): boolean {
  if (!isForm(shape)) return false;
  return shape.castShadow ?? (shape.kind !== 'plane' && shape.kind !== 'disc');
}

class FormModels {
  readonly placements: Placement[] = [];
  private readonly fine = new FormStore('fine');
  private readonly light = new FormStore('light');

  add(pieces: readonly Piece[], places: readonly Matrix4[], isVaried: boolean): void {
    for (const castShadow of [true, false]) {
      const chosen = pieces.filter((piece) => castsShadow(piece) === castShadow);
      const full = partsOf(chosen, this.fine);
      if (full.size === 0) continue;
      const model: Model = {
        full,
        low: partsOf(chosen, this.light),
        solids: [],
        seats: [],
        lights: [],
        sounds: [],
        foreign: null,
      };
      for (const matrix of places) {
        const shade = isVaried ? shadeAt(matrix) : 1;
        this.placements.push({ model, matrix, tint: new Color('#ffffff'), shade, castShadow });
      }
    }
  }
}

/** Tile by tile, prefab by prefab. */
export function* formPlacements(world: Unfolded): Generator<void, Placement[]> {
  const models = new FormModels();
  for (const pieces of tiles(world.pieces)) {
    models.add(pieces, [new Matrix4()], false);
    yield;
  }
  for (const { pieces, places } of world.copies) {
    models.add(pieces, places, true);
    yield;
  }
  return models.placements;
}

function tiles(pieces: readonly Piece[]): Piece[][] {
  const byTile = new Map<string, Piece[]>();
  const place = new Vector3();
  for (const piece of pieces) {
    if (!isForm(piece.shape)) continue;
    place.setFromMatrixPosition(piece.matrix);
    const key = `${Math.round(place.x / TILE)} ${Math.round(place.z / TILE)}`;
    const tile = byTile.get(key);
    if (tile) tile.push(piece);
    else byTile.set(key, [piece]);
  }
  const all = [...byTile.values()];
  const sparse = all.filter((tile) => tile.length < SPARSE).flat();
  const dense = all.filter((tile) => tile.length >= SPARSE);
  return sparse.length > 0 ? [...dense, sparse] : dense;
}
