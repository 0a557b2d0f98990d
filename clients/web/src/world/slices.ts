// slices: long work done a little at a time, so that frames and keys come between. All who work so share
// one slice: two files that come together take no longer a bite than one.

const SLICE_MS = 8;

let until = 0;
let line: Promise<void> = Promise.resolve();

/** A task of its own. Timers would wait longer than the work takes. */
function nextTask(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}

/** Settles, for one caller after the other, where there is time left. */
export function turn(): Promise<void> {
  line = line.then(async () => {
    if (performance.now() < until) return;
    await nextTask();
    until = performance.now() + SLICE_MS;
  });
  return line;
}

export async function inSlices<T>(work: Generator<unknown, T>): Promise<T> {
  for (;;) {
    await turn();
    do {
      const { done, value } = work.next();
      if (done) return value;
    } while (performance.now() < until);
  }
}

export function atOnce<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
