import { expect, test, vi } from 'vitest';
import { Emitter } from './emitter.ts';

interface Events {
  readonly said: string;
  readonly counted: number;
}

test('tells each listener of that name, until it leaves', () => {
  const emitter = new Emitter<Events>();
  const heard: (string | number)[] = [];
  const leave = emitter.on('said', (text) => heard.push(text));
  emitter.on('counted', (count) => heard.push(count));
  emitter.emit('said', 'one');
  emitter.emit('counted', 2);
  leave();
  emitter.emit('said', 'three');
  expect(heard).toEqual(['one', 2]);
});

test('a listener that leaves while told disturbs no other', () => {
  const emitter = new Emitter<Events>();
  const heard: string[] = [];
  const leave = emitter.on('said', () => leave());
  emitter.on('said', (text) => heard.push(text));
  emitter.emit('said', 'still here');
  expect(heard).toEqual(['still here']);
});

test('a listener that throws is reported and stops nobody', () => {
  const report = vi.spyOn(globalThis, 'queueMicrotask').mockImplementation(() => undefined);
  const emitter = new Emitter<Events>();
  const heard: string[] = [];
  emitter.on('said', () => {
    throw new Error('mine');
  });
  emitter.on('said', (text) => heard.push(text));
  emitter.emit('said', 'on');
  expect(heard).toEqual(['on']);
  expect(report).toHaveBeenCalledOnce();
  report.mockRestore();
});
