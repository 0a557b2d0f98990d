import type { Person } from './person.ts';

declare global {
  interface Window {
    /** What a hand does to the gamepad that the page believes in. */
    heldPad?: { readonly axes: number[]; readonly buttons: { pressed: boolean; value: number }[] };
  }
}

/** Runs in the page: a standard gamepad is connected. */
export const connectGamepad = (): void => {
  const buttons = Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 }));
  const pad = {
    id: 'Pad of the test',
    index: 0,
    connected: true,
    mapping: 'standard',
    timestamp: 0,
    axes: [0, 0, 0, 0],
    buttons,
    vibrationActuator: null,
  };
  window.heldPad = pad;
  navigator.getGamepads = () => [pad as unknown as Gamepad];
};

const BUTTONS = { A: 0, B: 1, RB: 5, Start: 9 } as const;

export class Thumbs {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
  }

  /** The left stick: right and forward. */
  async walk(x: number, y: number): Promise<void> {
    await this.#person.page.evaluate(
      ([right, down]) => window.heldPad?.axes.splice(0, 2, right, down),
      [x, -y] as const,
    );
  }

  /** Down for as long as it takes the page to see it, and up again. */
  async press(name: keyof typeof BUTTONS): Promise<void> {
    await this.#set(BUTTONS[name], true);
    await this.#person.seesFrames(3);
    await this.#set(BUTTONS[name], false);
    await this.#person.seesFrames(3);
  }

  async #set(button: number, pressed: boolean): Promise<void> {
    await this.#person.page.evaluate(
      ([index, isDown]) => {
        const held = window.heldPad?.buttons[index];
        if (held) Object.assign(held, { pressed: isDown, value: isDown ? 1 : 0 });
      },
      [button, pressed] as const,
    );
  }
}
