import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { writeReport } from '../src/cli/report';
import { readResults } from '../src/report/read-results';
import type { ResultFile } from '../src/verdict/result';

const RUNTIMES = 12;
const SCENARIOS = 120;
const CHROMIUM = '/usr/bin/chromium';
const LOADS = 5;

/** Prints what a report of many runtimes costs, made of the results that lie in a folder: `npm run bench:report -- reports`. */
async function main([source = 'reports']: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-bench-report-'));
  try {
    const texts = manyOf(readResults([source]).results.map(({ file }) => file)).map((file) => JSON.stringify(file));
    texts.forEach((text, i) => {
      writeFileSync(join(folder, `${i}.json`), text);
    });
    const parse = timeOf(() => texts.map((text) => JSON.parse(text) as unknown));
    const site = join(folder, 'site');
    const began = performance.now();
    await writeReport([folder], site);
    const make = performance.now() - began;
    print(
      `${RUNTIMES} runtimes x ${SCENARIOS} scenarios: ${round(make)} ms, ${round(make / parse)} x JSON.parse of the results`,
    );
    print(`index.html: ${round(statSync(join(site, 'index.html')).size / 1000)} kB`);
    if (existsSync(CHROMIUM)) print(`first paint of index.html, best of ${LOADS}: ${round(await firstPaint(site))} ms`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Results with the scenarios of real ones, over and over, under other names. */
function manyOf(files: readonly ResultFile[]): ResultFile[] {
  return Array.from({ length: RUNTIMES }, (_, i) => {
    const file = files[i % files.length];
    if (file === undefined) throw new Error('there is no result to begin with: greenspec run NAME');
    const scenarios = Array.from({ length: SCENARIOS }, (_, k) => {
      const scenario = file.scenarios[k % file.scenarios.length];
      if (scenario === undefined) throw new Error(`${file.runtime.name} has no scenario`);
      return k < file.scenarios.length ? scenario : { ...scenario, name: `${scenario.name} (${k})` };
    });
    return { ...file, runtime: { ...file.runtime, name: `${file.runtime.name}-${i}` }, scenarios };
  });
}

async function firstPaint(site: string): Promise<number> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const times: number[] = [];
    for (let i = 0; i < LOADS; i++) {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(join(site, 'index.html')).href);
      await page.waitForFunction(() => performance.getEntriesByName('first-paint').length > 0);
      times.push(await page.evaluate(() => performance.getEntriesByName('first-paint')[0]?.startTime ?? Number.NaN));
      await page.close();
    }
    return Math.min(...times);
  } finally {
    await browser.close();
  }
}

function timeOf(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function round(number: number): string {
  return number < 10 ? number.toFixed(1) : number.toFixed(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
