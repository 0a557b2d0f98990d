import { type PointerEvent, useRef } from 'react';
import type { SceneHandle } from '../app/scene_contract.ts';
import { useWords } from '../language/use_words.ts';
import { type StickPoint, stickPoint } from './stick_point.ts';

const REACH = 52; // pixels the knob can be away from the middle

/** A round stick: where it is pushed, one walks; pushed to its edge, one runs. */
export const TouchStick = ({ scene }: { readonly scene: SceneHandle }) => {
  const words = useWords();
  const base = useRef<HTMLDivElement>(null);
  const knob = useRef<HTMLDivElement>(null);

  const point = ({ x, y, run }: StickPoint): void => {
    if (knob.current) knob.current.style.transform = `translate(${x * REACH}px, ${-y * REACH}px)`;
    base.current?.classList.toggle('running', run);
    scene.setTouch({ x, y, run });
  };
  const follow = (event: PointerEvent): void => {
    if (!base.current?.hasPointerCapture(event.pointerId)) return;
    const { left, top, width, height } = base.current.getBoundingClientRect();
    const right = event.clientX - left - width / 2;
    const down = event.clientY - top - height / 2;
    point(stickPoint(right / REACH, -down / REACH));
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
      onLostPointerCapture={() => point({ x: 0, y: 0, run: false })}
    >
      <div ref={knob} className="knob" />
    </div>
  );
};
