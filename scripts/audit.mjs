// audit: Lighthouse's word on the entry page, with its mobile profile: categories, and what it found.
// Ends with 1 when accessibility, best practices or SEO is below 100, or performance below 90.
//
//   FLUX_BINARY=build/flux LIGHTHOUSE=folder node scripts/audit.mjs
import { createRequire } from 'node:module';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { besideCrowd } from '../bench/client/crowded_world.mjs';

const LEAST = { accessibility: 100, 'best-practices': 100, seo: 100, performance: 90 };
const DEBUGGING_PORT = 9333;

const folder = resolve(process.env['LIGHTHOUSE'] ?? '.tools/lighthouse');
const require = createRequire(join(folder, 'package.json'));
const { default: lighthouse } = await import(pathToFileURL(require.resolve('lighthouse')).href);

const report = await besideCrowd(
  { viewport: { width: 412, height: 823 }, settings: {}, debuggingPort: DEBUGGING_PORT },
  async (page, url) => {
    // Without a graphics card shaders are compiled on the processor, for seconds at first sight, and the page
    // waits for them: seen once before. Lighthouse empties caches and storage all the same.
    await page.goto(url);
    await page.locator('.avatar-preview[data-ready=true]').waitFor();
    const result = await lighthouse(url, {
      port: DEBUGGING_PORT,
      output: 'html',
      onlyCategories: Object.keys(LEAST),
      logLevel: 'error',
    });
    return result;
  },
);

const file = resolve(import.meta.dirname, '../build/report/lighthouse.html');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, report.report);
for (const [id, { score }] of Object.entries(report.lhr.categories)) {
  const points = Math.round((score ?? 0) * 100);
  console.log(`${id}: ${points} (at least ${LEAST[id]})`);
  if (points < LEAST[id]) process.exitCode = 1;
}
for (const { id, score, title, displayValue = '', scoreDisplayMode } of Object.values(report.lhr.audits)) {
  if (score === null || score >= 0.9 || scoreDisplayMode === 'informative') continue;
  console.log(`  ${id}: ${title} ${displayValue}`);
}
console.log(`The whole report: ${file}`);
