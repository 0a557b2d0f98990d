// face: lids that blink and a mouth that follows a voice.

import type { FaceState } from './bone_rows.ts';

const BLINK_SECONDS = 0.16;
const BLINK_EVERY: readonly [number, number] = [1.8, 5.5];
const OPENS = 26; // a second
const CLOSES = 13;

export class Face implements FaceState {
  mouth = 0;
  lids = 1;
  eyeX = 0;
  eyeY = 0;
  private readonly random: () => number;
  private untilBlink: number;
  private blink = 1;
  private seconds: number;

  constructor(random: () => number = Math.random) {
    this.random = random;
    this.untilBlink = this.nextBlink() * random();
    this.seconds = random() * 10;
  }

  /** `level`: of the voice, 0 to 1; null when nothing measures it. */
  update(delta: number, level: number | null, isSpeaking: boolean): void {
    this.seconds += delta;
    this.untilBlink -= delta;
    if (this.untilBlink <= 0) {
      this.untilBlink = this.nextBlink();
      this.blink = 0;
    }
    this.blink = Math.min(1, this.blink + delta / BLINK_SECONDS);
    this.lids = Math.abs(this.blink * 2 - 1);
    const goal = level === null ? (isSpeaking ? this.babble() : 0) : Math.min(1, level * 1.3);
    const ease = 1 - Math.exp(-delta * (goal > this.mouth ? OPENS : CLOSES));
    this.mouth += (goal - this.mouth) * ease;
  }

  private nextBlink(): number {
    const [from, to] = BLINK_EVERY;
    // Now and then twice in a row.
    return this.random() < 0.14 ? 0.22 : from + (to - from) * this.random();
  }

  /** Syllables, and between sentences a breath. */
  private babble(): number {
    const t = this.seconds;
    const sentence = Math.sin(t * 1.1) + 0.4 * Math.sin(t * 2.7) > -0.85 ? 1 : 0;
    return sentence * Math.abs(Math.sin(t * 9.5) * (0.6 + 0.4 * Math.sin(t * 5.3 + 1)));
  }
}
