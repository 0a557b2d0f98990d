/**
 * Runs in the page before anything else does: what WebGL would paint is left out, all else is as ever.
 *
 * Chromium paints on the processor here: three pictures a second and both cores busy, where a graphics card
 * shows sixty. Most tests ask what one can do, hear and read, and look at no picture; people in them walk and
 * pages answer at the pace that they have outside. The scene is still built, lit, culled and handed over:
 * three.js counts the same draw calls and triangles. What must be seen is proven by the project "drawn".
 */
export const paintNothing = (): void => {
  const nothing = (): void => undefined;
  const painting = /^(draw(Arrays|Elements|RangeElements)|clear$|blitFramebuffer$|generateMipmap$)/;
  const context = WebGL2RenderingContext.prototype;
  for (const name of Object.getOwnPropertyNames(context)) {
    if (painting.test(name)) Object.defineProperty(context, name, { value: nothing });
  }
  // Many draws at once are calls of an extension, which is an object of its own.
  const getExtension = context.getExtension;
  Object.defineProperty(context, 'getExtension', {
    value(this: WebGL2RenderingContext, name: string): unknown {
      const extension: unknown = Reflect.apply(getExtension, this, [name]);
      if (!(extension instanceof Object)) return null;
      if (name !== 'WEBGL_multi_draw') return extension;
      return new Proxy(extension, {
        get: (of, key) => (String(key).startsWith('multiDraw') ? nothing : Reflect.get(of, key)),
      });
    },
  });
};

/** Chromium's own part: neither does it paint the page itself, nor what a worker draws. */
export const PAINT_NOTHING_FLAG = '--disable-gl-drawing-for-tests';
