// Writes package-lock.json anew after a package.json changed, complete for every platform: npm leaves out
// the optional packages of other platforms where the registry it asked has none of them, and `npm ci` then
// refuses the lock. What is added has a version and its platform, and no checksum.
//
//     node scripts/lock.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const path = 'package-lock.json';
const systems = 'aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|wasi';
const processors = 'arm|arm64|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64';
const platform = new RegExp(`(?:^|[-/])(${systems}|${processors})(?:-(${systems}|${processors}))?(?:-(gnu|musl|\\w+))?$`);

execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { stdio: 'inherit' });
const lock = JSON.parse(readFileSync(path, 'utf8'));

// Where `name` is found from `place`, as Node would look: beside, then folder by folder above.
const isThere = (place, name) => {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (lock.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (!folder) return false;
  }
};

const describe = (name, version, dev) => {
  const match = platform.exec(name);
  if (!match) throw new Error(`${name} is optional and not in the registry, and names no platform`);
  const words = [match[1], match[2]].filter((word) => word !== undefined);
  const os = words.filter((word) => systems.split('|').includes(word) && word !== 'wasi');
  const libc = { gnu: ['glibc'], musl: ['musl'] }[match[3]];
  const cpu = words.filter((word) => processors.split('|').includes(word));
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(dev && { dev }),
    ...(libc && { libc }),
    license: 'MIT',
    optional: true,
    ...(os.length > 0 && { os }),
  };
};

let added = 0;
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isThere(place, name)) continue;
    if (!/^\d/.test(version)) throw new Error(`${place} wants ${name} ${version}, which is no one version`);
    lock.packages[`node_modules/${name}`] = describe(name, version, entry.dev);
    added += 1;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1)),
);
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${path}: ${added} packages of other platforms added`);
