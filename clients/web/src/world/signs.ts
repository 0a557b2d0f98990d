// signs: boards, free letters and the names over portals. Made anew when the language changes. One at a
// time: to draw letters and to hand them to the graphics card takes long, and one can walk meanwhile.

import type { WorldDocument } from '@flux/sdk';
import {
  DoubleSide,
  FrontSide,
  Group,
  type Matrix4,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  PlaneGeometry,
} from 'three';
import { bevelledBox } from './bevelled_box.ts';
import { letterTexture, type SceneLanguage, wordsOf } from './lettering.ts';
import type { Unfolded } from './unfold.ts';

const BOARD_DEPTH = 0.07;
const radians = (degrees = 0) => (degrees * Math.PI) / 180;

export class Signs {
  readonly group = new Group();
  private readonly world: WorldDocument;
  private readonly texts: Unfolded['pieces'];

  /** Nothing is written yet. */
  constructor(world: WorldDocument, unfolded: Unfolded) {
    this.world = world;
    this.texts = unfolded.pieces.filter((piece) => piece.shape.kind === 'text');
  }

  *writing(language: SceneLanguage): Generator<void> {
    this.clear();
    for (const sign of this.world.signs ?? []) {
      const words = wordsOf(sign.text, language);
      const [width, height] = sign.size;
      const isPlain = sign.style === 'plain';
      const color = sign.color ?? '#3a2e52';
      const face = isPlain
        ? this.letters(words, width, height, color)
        : this.board(words, width, height, color, sign.board ?? '#fff4e3');
      face.position.set(...sign.position);
      face.rotation.y = radians(sign.yaw);
      this.group.add(face);
      yield;
    }
    for (const portal of this.world.portals ?? []) {
      const width = Math.max(2.4, portal.size[0] * 0.9);
      const name = this.letters(wordsOf(portal.label, language), width, 0.7, '#fff4e3', '#5b4376');
      const [x, y, z] = portal.position;
      const yaw = radians(portal.yaw);
      name.position.set(
        x + Math.sin(yaw) * 0.5,
        y + portal.size[1] / 2 + 0.95,
        z + Math.cos(yaw) * 0.5,
      );
      name.rotation.y = yaw;
      this.group.add(name);
      yield;
    }
    for (const { shape, matrix, surface } of this.texts) {
      if (shape.kind !== 'text') continue;
      const words = wordsOf(shape.text, language);
      const lines = words.split('\n');
      const longest = Math.max(...lines.map((line) => line.length));
      this.placeLetters(
        words,
        shape.height * longest * 0.62,
        shape.height * lines.length * 1.3,
        `#${surface.color.getHexString()}`,
        matrix,
      );
      yield;
    }
  }

  private placeLetters(
    words: string,
    width: number,
    height: number,
    color: string,
    matrix: Matrix4,
  ): void {
    const letters = this.letters(words, width, height, color);
    letters.applyMatrix4(matrix);
    this.group.add(letters);
  }

  private letters(
    words: string,
    width: number,
    height: number,
    color: string,
    outline?: string,
  ): Mesh {
    const style = outline ? { color, outline } : { color };
    const map = letterTexture(words, width, height, style);
    const material = new MeshBasicMaterial({
      map,
      transparent: true,
      depthWrite: false,
      side: DoubleSide,
      toneMapped: false,
    });
    const mesh = new Mesh(new PlaneGeometry(width, height), material);
    mesh.renderOrder = 3;
    return mesh;
  }

  private board(words: string, width: number, height: number, color: string, board: string): Mesh {
    const map = letterTexture(words, width * 0.96, height * 0.92, { color, board });
    const face = new Mesh(
      new PlaneGeometry(width * 0.96, height * 0.92),
      new MeshLambertMaterial({ map, side: FrontSide }),
    );
    const back = new Mesh(
      bevelledBox(width, height, BOARD_DEPTH, 0.025),
      new MeshLambertMaterial({ color: board }),
    );
    back.castShadow = true;
    back.receiveShadow = true;
    back.geometry.translate(0, -height / 2, 0);
    face.position.z = BOARD_DEPTH / 2 + 0.004;
    back.add(face);
    return back;
  }

  private clear(): void {
    this.group.traverse((object) => {
      if (!(object instanceof Mesh)) return;
      object.geometry.dispose();
      const material = object.material as MeshBasicMaterial;
      material.map?.dispose();
      material.dispose();
    });
    this.group.clear();
  }

  dispose(): void {
    this.clear();
  }
}
