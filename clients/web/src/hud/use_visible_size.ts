import { type RefObject, useEffect } from 'react';

/**
 * Tells the style sheets how much of the page is to be seen: with an on-screen keyboard that is less than
 * the window, and what lies over the world moves up while the world stays as it is.
 */
export const useVisibleSize = (root: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const update = (): void => {
      const { style } = root.current ?? {};
      style?.setProperty('--visible-height', `${viewport.height}px`);
      style?.setProperty('--visible-top', `${viewport.offsetTop}px`);
    };
    update();
    viewport.addEventListener('resize', update);
    viewport.addEventListener('scroll', update);
    return () => {
      viewport.removeEventListener('resize', update);
      viewport.removeEventListener('scroll', update);
    };
  }, [root]);
};
