// labels: names over heads and what people just said, as pooled elements moved by transform. An element
// is touched only when something about it changed.

import { ENTITY_FLAG, type EntityId, type FluxClient } from '@flux/sdk';
import { type Camera, Vector3 } from 'three';
import type { NearPerson } from './crowd.ts';
import { figureHeight } from './crowd.ts';

const NAME_REACH = 13; // metres
/** From here on names fade, so that only those near by are read at a glance. */
const NAME_FADES = 7;
const BUBBLE_REACH = 45;
const BUBBLE_TEXT_MAX = 140;
/** Pixels that a name takes: for each letter, about them, and above one another. */
const LETTER = 7.2;
const PADDING = 18;
const LINE = 21;

const NAME_STYLE =
  'position:absolute;left:0;top:0;will-change:transform;white-space:nowrap;max-width:13em;overflow:hidden;' +
  'text-overflow:ellipsis;padding:0 .6em .05em;border-radius:999px;font-size:.8rem;font-weight:600;line-height:1.5;' +
  'color:#fff4e3;background:rgba(58,46,82,.74);pointer-events:none;display:none';
const BUBBLE_STYLE =
  'position:absolute;left:0;top:0;will-change:transform;width:max-content;max-width:15em;padding:6px 11px;' +
  'border-radius:14px 14px 14px 4px;font-size:.9rem;font-weight:500;line-height:1.35;color:#3a2e52;background:#fff4e3;' +
  'box-shadow:0 2px 8px rgba(58,46,82,.28);overflow-wrap:anywhere;pointer-events:none;display:none;z-index:1';

/** One element and what it shows now. */
class Tag {
  readonly element: HTMLElement;
  private text = '';
  private x = Number.NaN;
  private y = Number.NaN;
  private isShown = false;
  private isSpeaking = false;
  private opacity = 1;

  constructor(parent: HTMLElement, style: string) {
    this.element = document.createElement('div');
    this.element.style.cssText = style;
    parent.append(this.element);
  }

  show(text: string, x: number, y: number, isSpeaking: boolean, opacity = 1): void {
    if (text !== this.text) {
      this.text = text;
      this.element.textContent = text;
    }
    if (!this.isShown) this.element.style.display = 'block';
    this.isShown = true;
    if (isSpeaking !== this.isSpeaking) {
      this.isSpeaking = isSpeaking;
      this.element.style.boxShadow = isSpeaking ? '0 0 0 2px #57bcc0' : '';
    }
    if (opacity !== this.opacity) {
      this.opacity = opacity;
      this.element.style.opacity = opacity.toFixed(2);
    }
    if (Math.abs(x - this.x) + Math.abs(y - this.y) < 0.3 && Number.isFinite(this.x)) return;
    this.x = x;
    this.y = y;
    this.element.style.transform = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px) translate(-50%,-100%)`;
  }

  hide(): void {
    if (this.isShown) this.element.style.display = 'none';
    this.isShown = false;
  }
}

interface Bubble {
  readonly tag: Tag;
  text: string;
  left: number;
}

export interface SaidPlace {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly look: number;
}

export class Labels {
  limit = 20;
  private readonly container: HTMLElement;
  private readonly client: FluxClient;
  private readonly names: Tag[] = [];
  private readonly given = new Map<number, string>();
  private readonly bubbles = new Map<number, Bubble>();
  private readonly point = new Vector3();
  private readonly taken: { x: number; y: number; half: number }[] = [];
  private width = 1;
  private height = 1;

  constructor(container: HTMLElement, client: FluxClient) {
    this.container = container;
    this.client = client;
  }

  setSize(width: number, height: number): void {
    this.width = width;
    this.height = height;
  }

  setName(id: EntityId, name: string): void {
    this.given.set(id, name);
  }

  say(id: EntityId, text: string): void {
    const short = text.length > BUBBLE_TEXT_MAX ? `${text.slice(0, BUBBLE_TEXT_MAX - 1)}…` : text;
    const left = Math.min(10, 3.5 + short.length * 0.07);
    const bubble = this.bubbles.get(id);
    if (bubble) {
      bubble.text = short;
      bubble.left = left;
    } else this.bubbles.set(id, { tag: new Tag(this.container, BUBBLE_STYLE), text: short, left });
  }

  /** `placeOf` finds whoever said something, near or not. */
  update(
    camera: Camera,
    people: readonly NearPerson[],
    placeOf: (id: number) => SaidPlace | null,
    delta: number,
  ): void {
    let shown = 0;
    this.taken.length = 0;
    for (const person of people) {
      if (shown >= this.limit) break;
      const { x, y, z, pose } = person.motion;
      const id = person.id as EntityId;
      const top = y + figureHeight(person.look, pose) + 0.06;
      if (!this.project(camera, x, top, z, NAME_REACH)) continue;
      const name = this.given.get(id) ?? this.client.profile(id)?.name;
      if (!name || !this.claim(name)) continue;
      const isSpeaking = (person.flags & ENTITY_FLAG.speaking) !== 0;
      const away = Math.hypot(x - camera.position.x, z - camera.position.z);
      const faded = (NAME_REACH - away) / (NAME_REACH - NAME_FADES);
      const opacity = isSpeaking ? 1 : Math.round(Math.min(1, Math.max(0.15, faded)) * 20) / 20;
      this.nameTag(shown++).show(name, this.point.x, this.point.y, isSpeaking, opacity);
    }
    for (let i = shown; i < this.names.length; i++) this.names[i]?.hide();
    this.updateBubbles(camera, placeOf, delta);
  }

  /** False where a nearer one's name is already: `point` is in pixels. */
  private claim(name: string): boolean {
    const { x, y } = this.point;
    const half = (Math.min(name.length, 22) * LETTER + PADDING) / 2;
    for (const other of this.taken) {
      if (Math.abs(other.y - y) < LINE && Math.abs(other.x - x) < half + other.half) return false;
    }
    this.taken.push({ x, y, half });
    return true;
  }

  private updateBubbles(
    camera: Camera,
    placeOf: (id: number) => SaidPlace | null,
    delta: number,
  ): void {
    for (const [id, bubble] of this.bubbles) {
      bubble.left -= delta;
      const place = placeOf(id);
      if (bubble.left <= 0 || !place) {
        bubble.tag.element.remove();
        this.bubbles.delete(id);
        continue;
      }
      const top = place.y + figureHeight(place.look) + 0.34;
      if (this.project(camera, place.x, top, place.z, BUBBLE_REACH))
        bubble.tag.show(bubble.text, this.point.x, this.point.y, false);
      else bubble.tag.hide();
    }
  }

  private nameTag(index: number): Tag {
    const known = this.names[index];
    if (known) return known;
    const tag = new Tag(this.container, NAME_STYLE);
    this.names.push(tag);
    return tag;
  }

  /** Leaves pixels in `point`; false when out of sight or too far. */
  private project(camera: Camera, x: number, y: number, z: number, reach: number): boolean {
    this.point.set(x, y, z);
    if (this.point.distanceToSquared(camera.position) > reach * reach) return false;
    this.point.project(camera);
    const { x: px, y: py, z: pz } = this.point;
    if (pz > 1 || Math.abs(px) > 1.1 || Math.abs(py) > 1.1) return false;
    this.point.set((px * 0.5 + 0.5) * this.width, (0.5 - py * 0.5) * this.height, 0);
    return true;
  }

  dispose(): void {
    for (const tag of this.names) tag.element.remove();
    for (const { tag } of this.bubbles.values()) tag.element.remove();
    this.bubbles.clear();
  }
}
