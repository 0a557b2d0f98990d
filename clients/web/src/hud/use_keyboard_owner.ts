import { useEffect } from 'react';
import type { SceneHandle } from '../app/scene_contract.ts';

/** Keys move us only while no field, button or panel has the focus. */
export const useKeyboardOwner = (scene: SceneHandle | null): void => {
  useEffect(() => {
    if (!scene) return;
    const update = (): void => {
      const focused = document.activeElement;
      scene.setKeyboard(focused === document.body || focused instanceof HTMLCanvasElement);
    };
    update();
    // On leaving an element nothing has the focus for a moment: what comes next decides.
    const later = (): void => void setTimeout(update);
    document.addEventListener('focusin', update);
    document.addEventListener('focusout', later);
    return () => {
      document.removeEventListener('focusin', update);
      document.removeEventListener('focusout', later);
    };
  }, [scene]);
};
