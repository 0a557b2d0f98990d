import { useEffect, useRef, useState } from 'react';
import type { SceneHandle } from '../app/scene_contract.ts';
import { useWords } from '../language/use_words.ts';
import { hudStore } from './hud_store.ts';
import { Icon } from './icon.tsx';
import { PhotoCard } from './photo_card.tsx';
import { toast } from './toast_store.ts';
import { TouchStick } from './touch_stick.tsx';

interface PhotoModeProps {
  readonly scene: SceneHandle;
  /** What the picture's file is named after. */
  readonly world: string;
  readonly isTouch: boolean;
  readonly onWalk: () => void;
}

const leave = (): void => hudStore.setState({ isPhotoMode: false });

/** Nothing but the world, a frame and a shutter. The camera floats; Escape, and one is back. */
export const PhotoMode = ({ scene, world, isTouch, onWalk }: PhotoModeProps) => {
  const { photo: words } = useWords();
  const [picture, setPicture] = useState<Blob | null>(null);
  const isBusy = useRef(false);

  const shoot = async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      const taken = await scene.takePhoto();
      scene.playCue('photo');
      setPicture(taken);
    } catch {
      toast(words.failed);
    } finally {
      isBusy.current = false;
    }
  };
  const again = (): void => {
    setPicture(null);
    onWalk();
  };

  useEffect(() => {
    onWalk();
    return onWalk;
  }, [onWalk]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') {
        if (picture) again();
        else leave();
      } else if (event.key === 'Enter' && !picture && event.target instanceof HTMLCanvasElement) {
        void shoot();
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });

  return (
    <section className="photo-mode" aria-label={words.title}>
      <div className="photo-frame" aria-hidden="true" />
      {picture ? (
        <PhotoCard picture={picture} world={world} onAgain={again} />
      ) : (
        <div className="photo-bar glass">
          {!isTouch && <p role="status">{words.hint}</p>}
          <button
            type="button"
            className="shutter"
            aria-label={words.shoot}
            onClick={() => void shoot()}
          />
        </div>
      )}
      <button
        type="button"
        className="tool glass photo-leave"
        aria-label={words.leave}
        onClick={leave}
      >
        <Icon name="close" />
      </button>
      {isTouch && !picture && <TouchStick scene={scene} />}
    </section>
  );
};
