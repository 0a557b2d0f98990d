import type { WorldPortal } from '@flux/sdk';
import { describe, expect, it } from 'vitest';
import { isInPortal } from './portal_ring.ts';

const portal = (yaw: number) =>
  ({
    id: 'a',
    to: 'b',
    position: [10, 3, 0],
    yaw,
    size: [4, 6],
    label: { en: 'B' },
  }) as WorldPortal;

describe('portal_ring', () => {
  it('takes whoever stands in its disc', () => {
    expect(isInPortal(portal(0), 10, 0, 0.2)).toBe(true);
    expect(isInPortal(portal(0), 11.5, 0, 0)).toBe(true);
    expect(isInPortal(portal(0), 12.5, 0, 0)).toBe(false);
    expect(isInPortal(portal(0), 10, 0, 1)).toBe(false);
  });

  it('is turned by its yaw', () => {
    expect(isInPortal(portal(90), 10, 0, 1.5)).toBe(true);
    expect(isInPortal(portal(90), 11.5, 0, 0)).toBe(false);
  });

  it('lets those far above and below pass', () => {
    expect(isInPortal(portal(0), 10, 7, 0)).toBe(false);
    expect(isInPortal(portal(0), 10, -5, 0)).toBe(false);
  });
});
