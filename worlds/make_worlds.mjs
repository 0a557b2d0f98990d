// Makes plaza.json, gallery.json and garden.json beside this file: node worlds/make_worlds.mjs
//
// What is made is committed, so that nobody needs this to build or run Flux. It uses no true randomness:
// the same script gives the same worlds. Palette and scale: cream stone, clay roofs, greens; a storey is
// 3 m, a door 2.5 m, a lamp 3.2 m, the plaza's radius 18.5 m; the portal is the focal point.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gallery } from './make/gallery.mjs';
import { garden } from './make/garden.mjs';
import { plaza } from './make/plaza.mjs';

// A member a line at the top, an object a line in the lists, so that changes can be read.
function write(world) {
  const members = Object.entries(world).map(([name, value]) => {
    const key = `  ${JSON.stringify(name)}: `;
    if (Array.isArray(value)) return `${key}[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
    return key + JSON.stringify(value);
  });
  const folder = dirname(fileURLToPath(import.meta.url));
  writeFileSync(join(folder, `${world.id}.json`), `{\n${members.join(',\n')}\n}\n`);
}

write(plaza());
write(gallery());
write(garden());
