import { describe, expect, it } from 'vitest';
import { FollowCamera } from './follow_camera.ts';
import { box, gridOf } from './test_ground.ts';
import { THIN, TriangleGrid } from './triangle_grid.ts';

const SETTINGS = { smoothing: 0 };

function settled(camera: FollowCamera, grid: TriangleGrid, seconds = 3): FollowCamera {
  for (let i = 0; i < seconds * 60; i++) camera.update(0, 1.3, 0, grid, SETTINGS, 1 / 60);
  return camera;
}

describe('follow_camera', () => {
  it('stands behind and above a body that looks along -z', () => {
    const { eye } = settled(new FollowCamera(), gridOf([]));
    expect(eye.z).toBeGreaterThan(3);
    expect(eye.y).toBeGreaterThan(1.3);
    expect(eye.x).toBeCloseTo(0);
  });

  it('is never behind a wall', () => {
    const camera = settled(new FollowCamera(), gridOf([]));
    const wall = gridOf(box([0, 0, 2.5], [10, 6, 0.3]));
    camera.update(0, 1.3, 0, wall, SETTINGS, 1 / 60);
    expect(camera.eye.z).toBeLessThan(2.35);
    settled(camera, wall);
    expect(camera.eye.z).toBeLessThan(2.35);
    expect(camera.eye.z).toBeGreaterThan(1);
  });

  it('goes back gently when the wall is gone', () => {
    const wall = gridOf(box([0, 0, 2.5], [10, 6, 0.3]));
    const camera = settled(new FollowCamera(), wall);
    let before = camera.eye.z;
    for (let i = 0; i < 120; i++) {
      camera.update(0, 1.3, 0, gridOf([]), SETTINGS, 1 / 60);
      expect(camera.eye.z - before).toBeLessThan(0.35);
      expect(camera.eye.z).toBeGreaterThanOrEqual(before - 1e-9);
      before = camera.eye.z;
    }
    expect(before).toBeGreaterThan(4);
  });

  it('does not mind posts', () => {
    const corners = new Float32Array(box([0, 0, 2.5], [0.2, 6, 0.2]));
    const grid = new TriangleGrid(corners, new Uint8Array(12).fill(THIN));
    expect(settled(new FollowCamera(), grid).eye.z).toBeGreaterThan(4);
  });

  it('stays above the ground when it looks up', () => {
    const camera = new FollowCamera();
    camera.look(0, -2000);
    expect(settled(camera, gridOf([])).eye.y).toBeGreaterThan(0.1);
  });

  it('zooms into the head and out again', () => {
    const camera = new FollowCamera();
    for (let i = 0; i < 40; i++) camera.zoom(-0.3);
    expect(camera.isFirstPerson).toBe(true);
    settled(camera, gridOf([]));
    expect(camera.hidesBody).toBe(true);
    camera.zoom(0.3);
    expect(camera.isFirstPerson).toBe(false);
    expect(settled(camera, gridOf([])).hidesBody).toBe(false);
  });

  it('turns the short way to face somebody', () => {
    const camera = new FollowCamera();
    camera.yaw = 3;
    camera.face(-3);
    settled(camera, gridOf([]), 2);
    expect(camera.yaw).toBeCloseTo(Math.PI * 2 - 3, 1);
  });
});
