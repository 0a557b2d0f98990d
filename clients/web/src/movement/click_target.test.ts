import type { WorldPortal } from '@flux/sdk';
import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Seat } from '../world/world_features.ts';
import { clickTarget, rayThrough } from './click_target.ts';
import { box, gridOf } from './test_ground.ts';

const EYE = { x: 0, y: 2, z: 5, yaw: 0, pitch: -0.3 };
const PORTAL: WorldPortal = {
  id: 'to-garden',
  to: 'garden',
  position: [0, 1.5, -10],
  size: [3, 3],
  label: { en: 'Garden' },
};

const at = (corners: readonly number[], right: number, up: number, more = {}) =>
  clickTarget(rayThrough(EYE, right, up, 60, 1.5), {
    grid: gridOf(corners),
    portals: [],
    seatAt: () => null,
    ...more,
  });

describe('click_target', () => {
  it.each([
    [0, 0, 0, 0],
    [0.7, -0.4, 0.13, -0.5],
    [-0.9, 0.8, -0.4, 0.7],
  ])('sends the ray where the camera has the pixel (%d, %d)', (right, up, yaw, pitch) => {
    const camera = new PerspectiveCamera(60, 1.5);
    camera.position.set(1, 2, 3);
    camera.rotation.set(pitch, yaw * Math.PI * 2, 0, 'YXZ');
    camera.updateMatrixWorld();
    const expected = new Vector3(right, up, 0.5).unproject(camera).sub(camera.position).normalize();
    const ray = rayThrough({ x: 1, y: 2, z: 3, yaw, pitch }, right, up, 60, 1.5);
    expect(ray.dx).toBeCloseTo(expected.x);
    expect(ray.dy).toBeCloseTo(expected.y);
    expect(ray.dz).toBeCloseTo(expected.z);
  });

  it('finds the level ground, and nothing in the sky', () => {
    const target = at([], 0, 0);
    expect(target).toMatchObject({ kind: 'ground' });
    if (target?.kind === 'ground') expect(target.z).toBeCloseTo(5 - 2 / Math.tan(0.3));
    expect(at([], 0, 0.9)).toBeNull();
  });

  it('finds the top of what stands there, and the foot of a wall', () => {
    const deck = at(box([0, 0, -2], [6, 0.5, 6]), 0, 0);
    expect(deck).toMatchObject({ kind: 'ground' });
    if (deck?.kind === 'ground') expect(deck.y).toBeCloseTo(0.5);
    const wall = at(box([0, 0, 0], [6, 4, 0.4]), 0, 0);
    if (wall?.kind !== 'ground') throw new Error('The ground before the wall was expected.');
    expect(wall.y).toBe(0);
    expect(wall.z).toBeGreaterThan(0.4);
  });

  it('finds a seat where one clicks on a bench', () => {
    const seat: Seat = { x: 0, y: 0.45, z: 0, yaw: 0 };
    expect(at([], 0, 0, { seatAt: () => seat })).toEqual({ kind: 'seat', seat });
  });

  it('finds a portal through its disc, unless a wall hides it', () => {
    const portals = [PORTAL];
    expect(at([], 0, 0.45, { portals })).toEqual({ kind: 'portal', portal: PORTAL });
    expect(at([], 0.8, 0.45, { portals })?.kind).not.toBe('portal');
    expect(at(box([0, 0, -5], [20, 6, 0.4]), 0, 0.45, { portals })?.kind).toBe('ground');
  });
});
