import type { Page } from '@playwright/test';

/**
 * What is wrong with where things lie: controls of one layer that overlap, or that stick out of the
 * screen. What one can scroll to is in its place; a sheet may lie over what is under it. `pageScrolls`:
 * the page itself may be higher than the screen.
 */
export const layoutFaults = (
  page: Page,
  { pageScrolls = false } = {},
): Promise<readonly string[]> =>
  page.evaluate((mayScroll) => {
    interface Box {
      readonly name: string;
      readonly element: Element;
      readonly left: number;
      readonly top: number;
      readonly right: number;
      readonly bottom: number;
    }
    const SLACK = 1; // pixels: boxes may touch
    const nameOf = (element: Element): string =>
      element.getAttribute('aria-label') ?? (element.textContent?.trim() || element.tagName);
    const scrolls = ({ overflowX, overflowY }: CSSStyleDeclaration): boolean =>
      /auto|scroll|hidden|clip/.test(overflowX + overflowY);

    /** What can be seen of it within all that scrolls or cuts; null: nothing. */
    const seen = (element: Element): Box | null => {
      let { left, top, right, bottom } = element.getBoundingClientRect();
      for (let over = element.parentElement; over; over = over.parentElement) {
        if (over === document.body || !scrolls(getComputedStyle(over))) continue;
        const cut = over.getBoundingClientRect();
        // A row that one scrolls sideways may go on to the very edge of the screen, and over it.
        const isRow = over.scrollWidth > over.clientWidth;
        left = Math.max(left, cut.left, isRow ? 0 : cut.left);
        top = Math.max(top, cut.top);
        right = Math.min(right, cut.right, isRow ? innerWidth : cut.right);
        bottom = Math.min(bottom, cut.bottom);
      }
      const isShown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (!isShown || right - left < 3 || bottom - top < 3) return null;
      return { name: nameOf(element), element, left, top, right, bottom };
    };
    const layerOf = ({ element }: Box): Element | null => element.closest('.panel, .photo-mode');
    const overlap = (a: Box, b: Box): boolean =>
      layerOf(a) === layerOf(b) &&
      !a.element.contains(b.element) &&
      !b.element.contains(a.element) &&
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;

    const controls = 'button, a[href], input, textarea, select, .stick, .place-chip';
    const boxes = [...document.querySelectorAll(controls)].flatMap(
      (element) => seen(element) ?? [],
    );
    // The page's own top and bottom, as far as one can scroll.
    const { scrollHeight, scrollWidth } = document.documentElement;
    const [pageTop, pageBottom] = mayScroll ? [-scrollY, scrollHeight - scrollY] : [0, innerHeight];
    const outside = boxes
      .filter(
        ({ left, top, right, bottom }) =>
          left < -SLACK ||
          top < pageTop - SLACK ||
          right > innerWidth + SLACK ||
          bottom > pageBottom + SLACK,
      )
      .map(({ name }) => `${name} is outside`);
    const over = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .flatMap((b) => (overlap(a, b) ? `${a.name} and ${b.name} overlap` : [])),
    );
    const page =
      scrollWidth > innerWidth
        ? ['the page is wider than the screen']
        : boxes.length === 0
          ? ['nothing is there']
          : [];
    return [...outside, ...over, ...page];
  }, pageScrolls);
