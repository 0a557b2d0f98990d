import { type PointerEvent, useRef, useState } from 'react';
import type { SceneHandle } from '../app/scene_contract.ts';
import { useWords } from '../language/use_words.ts';
import { Icon } from './icon.tsx';

const RADIUS = 52;
const RUN_BEYOND = 0.92; // of the radius: pushed to the edge

/** A walking stick and two buttons, where there is no keyboard. */
export const TouchControls = ({ scene }: { readonly scene: SceneHandle }) => {
  const words = useWords();
  const [isRunning, setRunning] = useState(false);
  return (
    <div className="touch-controls">
      <Stick scene={scene} isRunning={isRunning} />
      <div className="touch-buttons">
        <button
          type="button"
          className="tool"
          aria-pressed={isRunning}
          aria-label={words.hud.run}
          onClick={() => setRunning(!isRunning)}
        >
          <Icon name="run" />
        </button>
        <button
          type="button"
          className="tool"
          aria-label={words.hud.jump}
          onPointerDown={() => scene.jump()}
        >
          <Icon name="jump" />
        </button>
      </div>
    </div>
  );
};

interface StickProps {
  readonly scene: SceneHandle;
  readonly isRunning: boolean;
}

const Stick = ({ scene, isRunning }: StickProps) => {
  const words = useWords();
  const base = useRef<HTMLDivElement>(null);
  const knob = useRef<HTMLDivElement>(null);

  const point = (x: number, y: number): void => {
    if (knob.current) knob.current.style.transform = `translate(${x * RADIUS}px, ${-y * RADIUS}px)`;
    scene.setTouch({ x, y, run: isRunning || Math.hypot(x, y) >= RUN_BEYOND });
  };
  const follow = (event: PointerEvent): void => {
    if (!base.current?.hasPointerCapture(event.pointerId)) return;
    const box = base.current.getBoundingClientRect();
    const x = (event.clientX - box.left - box.width / 2) / RADIUS;
    const y = -(event.clientY - box.top - box.height / 2) / RADIUS;
    const length = Math.max(1, Math.hypot(x, y));
    point(x / length, y / length);
  };
  return (
    <div
      ref={base}
      className="stick"
      role="img"
      aria-label={words.hud.stick}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={follow}
      onLostPointerCapture={() => point(0, 0)}
    >
      <div ref={knob} className="knob" />
    </div>
  );
};
