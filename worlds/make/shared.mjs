// shared: what the worlds have in common: the land around them, hedges, rows, sign posts.
import { degrees, round, rounded, seeded } from './tools.mjs';

// Hills all round and far roofs. turn: so that two worlds do not have the same sky line.
export function addLand(world, turn) {
  world.far('hills-near', 0, 0, turn, { scale: 5, y: -0.4 });
  world.far('hills-far', 0, 0, turn * 2, { scale: 5, y: -1 });
}

export function addGroves(world, seed, count, least, most) {
  const next = seeded(seed);
  for (let i = 0; i < count; i++) {
    const angle = ((i + 0.6 * next()) / count) * Math.PI * 2;
    const at = least + (most - least) * next();
    // The land rises behind the foot of the hills.
    const y = Math.max(0, (at - 84) * 0.1);
    const x = at * Math.sin(angle);
    const z = at * Math.cos(angle);
    world.far('grove', x, z, degrees(angle) + 180 + 50 * (next() - 0.5), { scale: 0.85 + 0.5 * next(), y });
  }
}

export function addClouds(world, clouds) {
  clouds.forEach(([angle, at, y, scale], i) => {
    const turn = (angle * Math.PI) / 180;
    world.far(`cloud-${(i % 3) + 1}`, -at * Math.sin(turn), -at * Math.cos(turn), angle, { y, scale });
  });
}

// Along a straight line from `from` to `to`, a piece of `length` after the other, the last ones closer.
export function addRow(world, name, length, [fromX, fromZ], [toX, toZ], more = {}) {
  const reach = Math.hypot(toX - fromX, toZ - fromZ);
  const count = Math.max(1, Math.round(reach / length));
  const yaw = degrees(Math.atan2(-(toZ - fromZ), toX - fromX));
  for (let i = 0; i < count; i++) {
    const t = (i + 0.5) / count;
    // Every second one the other way round, so that they do not look stamped.
    world.model(more.kit ?? 'green', name, fromX + (toX - fromX) * t, fromZ + (toZ - fromZ) * t, yaw + 180 * (i % 2), more);
  }
}

// Something of 8 m along x hung between two posts; it is made longer or shorter by its scale.
export function hang(world, name, [fromX, fromZ], [toX, toZ], y, length = 8) {
  const reach = Math.hypot(toX - fromX, toZ - fromZ);
  const yaw = degrees(Math.atan2(-(toZ - fromZ), toX - fromX));
  world.built(name, (fromX + toX) / 2, (fromZ + toZ) / 2, yaw, { y, scale: reach / length });
}

// A sign post and the words on its board.
export function addSign(world, signs, id, x, z, yaw, scale, text) {
  world.built('signpost', x, z, yaw, scale === 1 ? {} : { scale });
  const turn = (yaw * Math.PI) / 180;
  const out = 0.02 * scale;
  signs.push({
    id,
    text,
    position: rounded([x + out * Math.sin(turn), 1.575 * scale, z + out * Math.cos(turn)]),
    yaw: round(yaw),
    size: rounded([2.2 * scale, 0.85 * scale]),
  });
}
