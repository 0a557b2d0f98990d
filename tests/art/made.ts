import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const MADE = join(ROOT, 'art/made');

/** What art/made/about.json says of a file. */
export interface Made {
  /** Files and folders that it was made from. */
  readonly from: readonly string[];
  /** A hash over those, as art/base/result.py counts it. */
  readonly sources: string;
  readonly budget: Readonly<Record<string, number>>;
  readonly bytes: number;
}

export const about = (): Readonly<Record<string, Made>> =>
  JSON.parse(readFileSync(join(MADE, 'about.json'), 'utf8')) as Record<string, Made>;

export const madeFiles = (): string[] =>
  readdirSync(MADE).filter((name) => name !== 'about.json' && !name.endsWith('.md'));

const isSource = (name: string): boolean => name.endsWith('.py') || name.endsWith('.json');

const filesAt = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter(isSource)
        .map((name) => join(path, name))
    : [path];

/** As digest() in art/base/result.py: over names and contents, in the order of the paths' parts. */
export const digest = (sources: readonly string[]): string => {
  const files = new Set(
    [...sources, 'art/pack.mjs'].flatMap((source) => filesAt(join(ROOT, source))),
  );
  const parts = (file: string): string => relative(ROOT, file).split('/').join('\u0000');
  const hash = createHash('sha256');
  for (const file of [...files].sort((a, b) => (parts(a) < parts(b) ? -1 : 1))) {
    hash.update(`${relative(ROOT, file)}\0`);
    hash.update(readFileSync(file));
    hash.update('\0');
  }
  return hash.digest('hex');
};
