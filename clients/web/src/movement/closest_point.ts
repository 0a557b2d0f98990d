// closest_point: the point of a triangle that is nearest to another (Ericson, Real-Time Collision
// Detection, 5.1.5).

export interface Spot {
  x: number;
  y: number;
  z: number;
}

/** `corners` holds nine numbers a triangle. Writes to `out`. */
export function closestPoint(
  corners: Float32Array,
  triangle: number,
  x: number,
  y: number,
  z: number,
  out: Spot,
): void {
  const at = triangle * 9;
  const [ax, ay, az] = [corners[at] ?? 0, corners[at + 1] ?? 0, corners[at + 2] ?? 0];
  const [abx, aby, abz] = [
    (corners[at + 3] ?? 0) - ax,
    (corners[at + 4] ?? 0) - ay,
    (corners[at + 5] ?? 0) - az,
  ];
  const [acx, acy, acz] = [
    (corners[at + 6] ?? 0) - ax,
    (corners[at + 7] ?? 0) - ay,
    (corners[at + 8] ?? 0) - az,
  ];
  const put = (v: number, w: number) => {
    out.x = ax + abx * v + acx * w;
    out.y = ay + aby * v + acy * w;
    out.z = az + abz * v + acz * w;
  };
  const [px, py, pz] = [x - ax, y - ay, z - az];
  const d1 = abx * px + aby * py + abz * pz;
  const d2 = acx * px + acy * py + acz * pz;
  if (d1 <= 0 && d2 <= 0) {
    put(0, 0);
    return;
  }
  const d3 = d1 - (abx * abx + aby * aby + abz * abz);
  const d4 = d2 - (acx * abx + acy * aby + acz * abz);
  if (d3 >= 0 && d4 <= d3) {
    put(1, 0);
    return;
  }
  const vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) {
    put(d1 / (d1 - d3), 0);
    return;
  }
  const d5 = d1 - (abx * acx + aby * acy + abz * acz);
  const d6 = d2 - (acx * acx + acy * acy + acz * acz);
  if (d6 >= 0 && d5 <= d6) {
    put(0, 1);
    return;
  }
  const vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) {
    put(0, d2 / (d2 - d6));
    return;
  }
  const va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    const w = (d4 - d3) / (d4 - d3 + (d5 - d6));
    put(1 - w, w);
    return;
  }
  const scale = 1 / (va + vb + vc);
  put(vb * scale, vc * scale);
}
