// placing: sounds that come from somewhere, and the ears that hear them.

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface PlacedOutput {
  /** What is connected here is heard from the place. */
  readonly input: AudioNode;
  /** Takes it down once what it plays has ended. */
  releaseAfter(seconds: number): void;
  release(): void;
}

const NEAR_METRES = 2.5;

export function placedOutput(
  context: BaseAudioContext,
  { x, y, z }: Point,
  to: AudioNode,
  near = NEAR_METRES,
): PlacedOutput {
  const panner = context.createPanner();
  // Cheaper than HRTF by far, and as good for what lies around one.
  panner.panningModel = 'equalpower';
  panner.distanceModel = 'inverse';
  panner.refDistance = near;
  panner.rolloffFactor = 1.4;
  panner.positionX.value = x;
  panner.positionY.value = y;
  panner.positionZ.value = z;
  panner.connect(to);
  return {
    input: panner,
    release: () => panner.disconnect(),
    releaseAfter: (seconds) => {
      // A silent source is the clock: it stands still while the context does.
      const clock = context.createConstantSource();
      clock.onended = () => panner.disconnect();
      clock.start();
      clock.stop(context.currentTime + seconds);
    },
  };
}

/** `yaw`: turns, 0 looks along -z. */
export function placeEars(
  context: BaseAudioContext,
  { x, y, z, yaw }: Point & { readonly yaw: number },
): void {
  const { listener } = context;
  const turn = yaw * Math.PI * 2;
  const [aheadX, aheadZ] = [-Math.sin(turn), -Math.cos(turn)];
  if (!listener.positionX) {
    // Firefox has only the older calls.
    listener.setPosition(x, y, z);
    listener.setOrientation(aheadX, 0, aheadZ, 0, 1, 0);
    return;
  }
  listener.positionX.value = x;
  listener.positionY.value = y;
  listener.positionZ.value = z;
  listener.forwardX.value = aheadX;
  listener.forwardY.value = 0;
  listener.forwardZ.value = aheadZ;
  listener.upX.value = 0;
  listener.upY.value = 1;
  listener.upZ.value = 0;
}
