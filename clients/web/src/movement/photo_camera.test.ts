import { describe, expect, it } from 'vitest';
import { PHOTO_REACH, PhotoCamera, type PhotoSteer } from './photo_camera.ts';
import { box, gridOf } from './test_ground.ts';

const BODY = { x: 0, y: 0, z: 0 };
const START = { x: 0, y: 2, z: 4, yaw: 0, pitch: 0 };
const FRAME = 1 / 60;
const STILL: PhotoSteer = { x: 0, y: 0, rise: 0, isFast: false };

function fly(
  camera: PhotoCamera,
  steer: Partial<PhotoSteer>,
  seconds: number,
  corners: number[] = [],
) {
  const grid = gridOf(corners);
  for (let i = 0; i < seconds * 60; i++)
    camera.update({ ...STILL, ...steer }, BODY, grid, 0.4, FRAME);
  return camera.eye;
}

describe('photo_camera', () => {
  it('begins where the eye was and stays there until it is steered', () => {
    expect(fly(new PhotoCamera(START), {}, 1)).toEqual(START);
  });

  it('flies where it looks, sideways and up', () => {
    const ahead = fly(new PhotoCamera({ ...START, pitch: 0.5 }), { y: 1 }, 1);
    expect(ahead.z).toBeLessThan(2.5);
    expect(ahead.y).toBeGreaterThan(2.8);
    const side = fly(new PhotoCamera(START), { x: 1 }, 1);
    expect(side.x).toBeGreaterThan(2);
    expect(side.z).toBeCloseTo(4);
    expect(fly(new PhotoCamera(START), { rise: 1 }, 1).y).toBeGreaterThan(4);
  });

  it('sets off and stops gently', () => {
    const camera = new PhotoCamera(START);
    const first = fly(camera, { y: 1 }, FRAME).z;
    expect(4 - first).toBeLessThan(0.02);
    fly(camera, { y: 1 }, 1);
    const before = camera.eye.z;
    expect(fly(camera, {}, FRAME).z).toBeLessThan(before - 0.01);
  });

  it('does not fly through walls, but along them', () => {
    const wall = box([0, 0, 0], [30, 6, 0.4]);
    const eye = fly(new PhotoCamera(START), { y: 1, x: 0.5 }, 3, wall);
    expect(eye.z).toBeGreaterThan(0.35);
    expect(eye.x).toBeGreaterThan(2);
  });

  it('stays above the ground and near the body', () => {
    expect(fly(new PhotoCamera(START), { rise: -1 }, 3).y).toBeGreaterThan(0.2);
    const { x, y, z } = fly(new PhotoCamera(START), { y: -1, rise: 1, isFast: true }, 8);
    expect(Math.hypot(x, y, z)).toBeLessThan(PHOTO_REACH + 0.1);
  });
});
