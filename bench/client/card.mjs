// card: a graphics card of endless speed, for measuring script where there is no card at all. To be given
// to a page before its own scripts.

/**
 * Makes draw calls do nothing (they would keep every core busy, since they are drawn on the processor) and
 * adds the time of all other WebGL calls to `window.webglMs`. With `draws` draw calls work, and count.
 */
export function watchWebGL(draws) {
  window.webglMs = 0;
  const timed = (call) =>
    function watched(...args) {
      const start = performance.now();
      const result = call.apply(this, args);
      window.webglMs += performance.now() - start;
      return result;
    };
  const context = WebGL2RenderingContext.prototype;
  const nothing = () => undefined;
  const watch = (name, call) => {
    const isDraw = /^draw(Arrays|Elements|RangeElements)/.test(name);
    context[name] = draws || !isDraw ? timed(call) : nothing;
  };
  // Many draws at once are a call of an extension, which is an object of its own.
  const extension = context.getExtension;
  const seen = new WeakSet();
  for (const name of Object.getOwnPropertyNames(context)) {
    const { value, writable } = Object.getOwnPropertyDescriptor(context, name) ?? {};
    if (typeof value === 'function' && writable) watch(name, value);
  }
  context.getExtension = function watched(name) {
    const found = extension.call(this, name);
    if (name !== 'WEBGL_multi_draw' || !found || seen.has(found)) return found;
    seen.add(found);
    const draw = timed(found.multiDrawElementsWEBGL.bind(found));
    found.multiDrawElementsWEBGL = draws ? draw : nothing;
    return found;
  };
}
