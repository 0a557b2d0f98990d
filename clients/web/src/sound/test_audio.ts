// test_audio: an audio context for tests: it makes no sound, and remembers what was wired and asked for.

export interface FakeParam {
  value: number;
  readonly set: { value: number; at: number }[];
}

function fakeParam(value = 0) {
  const param = {
    value,
    set: [] as { value: number; at: number }[],
    cancelScheduledValues: () => param,
    setValueAtTime: (to: number, at: number) => note(to, at),
    setTargetAtTime: (to: number, at: number) => note(to, at),
    linearRampToValueAtTime: (to: number, at: number) => note(to, at),
    exponentialRampToValueAtTime: (to: number, at: number) => note(to, at),
  };
  const note = (to: number, at: number) => {
    if (!Number.isFinite(to) || !Number.isFinite(at)) throw new TypeError('Not a finite number.');
    param.value = to;
    param.set.push({ value: to, at });
    return param;
  };
  return param;
}

export interface FakeNode {
  readonly kind: string;
  readonly to: FakeNode[];
  readonly gain: FakeParam;
  readonly frequency: FakeParam;
  readonly positionX: FakeParam;
  started: number | null;
  stopped: number | null;
  onended: (() => void) | null;
}

/** The least that a real one would do too; `tick` moves its clock and ends what has ended. */
export class FakeAudio {
  state: 'suspended' | 'running' | 'closed' = 'running';
  currentTime = 0;
  readonly sampleRate = 8000;
  readonly nodes: FakeNode[] = [];
  readonly destination = this.node('destination');
  readonly listener = {
    positionX: fakeParam(),
    positionY: fakeParam(),
    positionZ: fakeParam(),
    forwardX: fakeParam(),
    forwardY: fakeParam(),
    forwardZ: fakeParam(),
    upX: fakeParam(),
    upY: fakeParam(),
    upZ: fakeParam(),
  };

  readonly createGain = () => this.node('gain');
  readonly createBiquadFilter = () => this.node('filter');
  readonly createBufferSource = () => this.node('noise');
  readonly createOscillator = () => this.node('tone');
  readonly createConstantSource = () => this.node('clock');
  readonly createPanner = () => this.node('panner');

  createBuffer(_channels: number, length: number, sampleRate: number) {
    const samples = new Float32Array(length);
    return { duration: length / sampleRate, getChannelData: () => samples };
  }

  async resume(): Promise<void> {
    this.state = 'running';
  }

  async suspend(): Promise<void> {
    this.state = 'suspended';
  }

  async close(): Promise<void> {
    this.state = 'closed';
  }

  tick(seconds: number): void {
    this.currentTime += seconds;
    for (const node of this.nodes) {
      if (node.stopped === null || node.stopped > this.currentTime) continue;
      const { onended } = node;
      node.onended = null;
      onended?.();
    }
  }

  /** As what the code under test takes. */
  get asContext(): AudioContext {
    return this as unknown as AudioContext;
  }

  count(kind: string): number {
    return this.nodes.filter((node) => node.kind === kind).length;
  }

  /** Started and not yet stopped. */
  get sounding(): FakeNode[] {
    return this.nodes.filter(
      ({ started, stopped }) =>
        started !== null && (stopped === null || stopped > this.currentTime),
    );
  }

  private node(kind: string): FakeNode {
    const node = {
      kind,
      to: [] as FakeNode[],
      gain: fakeParam(1),
      frequency: fakeParam(440),
      Q: fakeParam(),
      positionX: fakeParam(),
      positionY: fakeParam(),
      positionZ: fakeParam(),
      buffer: null,
      started: null as number | null,
      stopped: null as number | null,
      onended: null,
      connect: (to: FakeNode) => {
        node.to.push(to);
        return to;
      },
      disconnect: () => {
        node.to.length = 0;
      },
      start: (at = 0) => {
        node.started = at;
      },
      stop: (at = 0) => {
        if (node.started === null) throw new Error('Stopped before it was started.');
        node.stopped = at;
      },
    };
    this.nodes.push(node);
    return node;
  }
}
