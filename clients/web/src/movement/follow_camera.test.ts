import { describe, expect, it } from 'vitest';
import { closestPoint } from './closest_point.ts';
import { EYE_RADIUS, FollowCamera } from './follow_camera.ts';
import { box, gridOf, stairs } from './test_ground.ts';
import { THIN, TriangleGrid } from './triangle_grid.ts';
import { WalkingBody } from './walking_body.ts';

const EASED = { smoothing: 0.4 };
const AT_ONCE = { smoothing: 0 };
const FRAME = 1 / 60;

function settled(camera: FollowCamera, grid: TriangleGrid, seconds = 3, settings = EASED) {
  for (let i = 0; i < seconds * 60; i++) camera.update(0, 1.3, 0, grid, settings, FRAME);
  return camera;
}

/** From the eye to the nearest of what is solid. */
function clearance(camera: FollowCamera, grid: TriangleGrid): number {
  const { x, y, z } = camera.eye;
  const spot = { x: 0, y: 0, z: 0 };
  let least = Infinity;
  for (let i = 0; i < grid.count; i++) {
    closestPoint(grid.corners, i, x, y, z, spot);
    least = Math.min(least, Math.hypot(spot.x - x, spot.y - y, spot.z - z));
  }
  return least;
}

const wallBehind = () => gridOf(box([0, 0, 2.5], [10, 6, 0.3]));

describe('follow_camera', () => {
  it('stands behind and above a body that looks along -z', () => {
    const { eye } = settled(new FollowCamera(), gridOf([]));
    expect(eye.z).toBeGreaterThan(3);
    expect(eye.y).toBeGreaterThan(1.3);
    expect(eye.x).toBeCloseTo(0);
  });

  it.each([EASED, AT_ONCE])('is never behind a wall, nor in it (%o)', (settings) => {
    const camera = settled(new FollowCamera(), gridOf([]));
    const wall = wallBehind();
    camera.update(0, 1.3, 0, wall, settings, FRAME);
    expect(camera.eye.z).toBeLessThan(2.35);
    settled(camera, wall, 3, settings);
    expect(camera.eye.z).toBeLessThan(2.35);
    expect(camera.eye.z).toBeGreaterThan(1);
    expect(clearance(camera, wall)).toBeGreaterThan(EYE_RADIUS - 0.01);
  });

  it('keeps off every wall of a room however one turns, walks and zooms in it', () => {
    const room = gridOf([
      ...box([0, 0, -4], [8, 3, 0.2]),
      ...box([0, 0, 4], [8, 3, 0.2]),
      ...box([4, 0, 0], [0.2, 3, 8]),
      ...box([-4, 0, 0], [0.2, 3, 8]),
      ...box([0, 3, 0], [8.2, 0.2, 8.2]),
      ...box([1, 0, 1], [1, 3, 1]),
    ]);
    const body = new WalkingBody(room, { least: [-9, -2, -9], most: [9, 9, 9] });
    body.put(-2, 0, -2);
    const camera = new FollowCamera();
    for (let i = 0; i < 1500; i++) {
      const way = i * 0.013;
      body.step({ x: Math.sin(way) * 5, z: Math.cos(way * 1.3) * 5, jump: i % 90 === 0 }, FRAME);
      camera.look(Math.sin(i * 0.05) * 14, Math.cos(i * 0.031) * 5);
      if (i % 200 === 0) camera.zoom(i % 400 === 0 ? 0.6 : -0.5);
      camera.update(body.x, body.y + 1.2, body.z, room, EASED, FRAME);
      expect(Math.abs(camera.eye.x)).toBeLessThan(3.9);
      expect(Math.abs(camera.eye.z)).toBeLessThan(3.9);
      expect(camera.eye.y).toBeLessThan(3);
      expect(clearance(camera, room)).toBeGreaterThan(0.12);
    }
  });

  it('draws in ahead of a corner that comes between, instead of jumping', () => {
    const corner = gridOf(box([3, 0, 3.4], [4, 6, 2]));
    const camera = settled(new FollowCamera(), corner);
    let [before, largest, nearest] = [camera.eye, 0, Infinity];
    before = { ...before };
    for (let i = 0; i < 90; i++) {
      camera.look(-2.2, 0);
      camera.update(0, 1.3, 0, corner, EASED, FRAME);
      const { x, y, z } = camera.eye;
      largest = Math.max(largest, Math.hypot(x - before.x, y - before.y, z - before.z));
      nearest = Math.min(nearest, Math.hypot(x, z));
      before = { ...camera.eye };
    }
    expect(nearest).toBeLessThan(3.4);
    expect(largest).toBeLessThan(0.4);
  });

  it('goes back gently when the wall is gone', () => {
    const camera = settled(new FollowCamera(), wallBehind());
    let before = camera.eye.z;
    for (let i = 0; i < 180; i++) {
      camera.update(0, 1.3, 0, gridOf([]), EASED, FRAME);
      expect(camera.eye.z - before).toBeLessThan(0.2);
      expect(camera.eye.z).toBeGreaterThanOrEqual(before - 1e-9);
      before = camera.eye.z;
    }
    expect(before).toBeGreaterThan(4);
  });

  it('eases nothing when smoothing is off', () => {
    const camera = settled(new FollowCamera(), wallBehind(), 1, AT_ONCE);
    camera.update(5, 1.3, 5, gridOf([]), AT_ONCE, FRAME);
    expect(camera.eye.x).toBeCloseTo(5);
    expect(camera.eye.z - 5).toBeGreaterThan(4.3);
    camera.zoom(0.5);
    camera.update(5, 1.3, 5, gridOf([]), AT_ONCE, FRAME);
    expect(camera.eye.z - 5).toBeGreaterThan(7);
    camera.face(1);
    camera.update(5, 1.3, 5, gridOf([]), AT_ONCE, FRAME);
    expect(camera.yaw).toBeCloseTo(1);
  });

  it('does not mind posts', () => {
    const corners = new Float32Array(box([0, 0, 2.5], [0.2, 6, 0.2]));
    const grid = new TriangleGrid(corners, new Uint8Array(12).fill(THIN));
    expect(settled(new FollowCamera(), grid).eye.z).toBeGreaterThan(4);
  });

  it('rises evenly where the feet climb stairs', () => {
    const grid = gridOf(stairs([0, 0, -6], [4, 2.4, 6], 8));
    const body = new WalkingBody(grid, { least: [-30, -2, -30], most: [30, 40, 30] });
    body.put(0, 0, -1);
    const camera = new FollowCamera();
    let [before, feetMost, eyeMost] = [Number.NaN, 0, 0];
    for (let i = 0; i < 200; i++) {
      const feet = body.y;
      body.step({ x: 0, z: -2.2, jump: false }, FRAME);
      camera.update(body.x, body.y + 1.2, body.z, grid, EASED, FRAME);
      feetMost = Math.max(feetMost, body.y - feet);
      if (i > 0) eyeMost = Math.max(eyeMost, Math.abs(camera.eye.y - before));
      before = camera.eye.y;
    }
    expect(body.y).toBeCloseTo(2.4, 1);
    expect(feetMost).toBeGreaterThan(0.25);
    expect(eyeMost).toBeLessThan(0.06);
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

  it('comes round behind one who walks to the side, but not where one has just looked', () => {
    const camera = settled(new FollowCamera(), gridOf([]));
    camera.trail(1, AT_ONCE, 1);
    expect(camera.yaw).toBe(0);
    camera.trail(1, EASED, 0.5);
    expect(camera.yaw).toBeLessThan(-0.2);
    camera.look(100, 0);
    const { yaw } = camera;
    camera.trail(1, EASED, 0.5);
    expect(camera.yaw).toBe(yaw);
  });
});
