import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { readAdvice } from '../../../src/clauses/advice';
import { readCatalogue } from '../../../src/clauses/catalogue';
import { ROOT } from '../../../src/project';
import { makeSite } from '../../../src/report/site/make-site';
import { writeSite } from '../../../src/report/site/write-site';
import { record } from '../../trace/record';
import { exploration, failing, result, scenario } from './results';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
/** On a machine of continuous integration there is one, or the test fails. */
const WITHOUT =
  CHROMIUM === undefined && process.env.CI === undefined
    ? 'there is no Chromium here: apt-get install chromium'
    : undefined;
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };

const BLOCKED = `
  * held advisory
  main end started
  subject#1 it started
  * server waiting advisory
  * arrived inbox messenger#1
  * opened inbox messenger#1 t0ken
  * watched blocked
  * released advisory
  subject#1 it finished [[1,"a value"]]
  messenger#1 inbox finished "t0ken"
`;
const LONG = { name: `A name ${'without an end '.repeat(12)}`, reason: `x${'y'.repeat(400)}` };

/** A site in which everything stands that pages can show. */
function makePages(folder: string): string[] {
  const run = record({ program: { threads: { main: { steps: [] } } } }, BLOCKED);
  const files = ['eventlet', 'threads', 'a-runtime-with-a-rather-long-name'].map((name) =>
    result(name, [
      scenario({ record: run }),
      failing({ record: run, ...LONG, line: 20 }),
      failing({ clause: 'MY-1', polarity: 'hazard', name: 'A query blocks', record: run }),
      scenario({ clause: 'MY-4', polarity: 'none', strength: 'info', name: 'Not judged', verdict: 'inconclusive' }),
      scenario({ clause: 'TM-5', name: 'Not there', verdict: 'not-applicable', record: undefined }),
    ]),
  );
  const problems = [{ party: 'user', what: 'old.json is of an older suite' } as const];
  const named = (name: string) => ({ scenario: { name, place: 'mine.json' } });
  const explorations = [
    exploration(),
    exploration({ ...named(LONG.name), reason: LONG.reason, verdict: 'inconclusive' }),
  ];
  const advice = readAdvice(ROOT);
  const pages = [
    ...makeSite({ catalogue: readCatalogue(ROOT), advice, files, explorations, problems, version: '0.1.0' }),
  ];
  writeSite(folder, pages);
  return pages.map(([path]) => path);
}

/** What axe has against a page: https://www.deque.com/axe/ */
async function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    interface Found {
      violations: { id: string; nodes: { html: string }[] }[];
    }
    const { axe } = globalThis as unknown as { axe: { run(): Promise<Found> } };
    const found = await axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  });
}

describe('in a browser', { skip: WITHOUT ?? false }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-site-'));
  const address = (path: string): string => pathToFileURL(join(folder, path)).href;
  let browser: Browser;
  let paths: string[] = [];

  before(async () => {
    paths = makePages(folder);
    browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function visit(context: BrowserContext, path: string): Promise<{ page: Page; said: string[] }> {
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(address(path));
    return { page, said };
  }

  test('every page is drawn by its own style and script alone, which a browser accepts without a word', async () => {
    const context = await browser.newContext();
    for (const path of paths) {
      const { page, said } = await visit(context, path);
      assert.deepEqual(said, [], path);
      await page.close();
    }
    await context.close();
  });

  test('every page can be read by all and overflows nowhere, on a desktop and on a phone, light and dark', async () => {
    // axe is a script that the pages' own policy keeps out.
    const context = await browser.newContext({ bypassCSP: true });
    for (const path of paths) {
      const { page } = await visit(context, path);
      await page.evaluate(AXE);
      await page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true");
      for (const viewport of Object.values(SIZES)) {
        await page.setViewportSize(viewport);
        const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
        assert.ok(width <= viewport.width, `${path} is ${width} wide`);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await violations(page), [], `${path}, ${viewport.width} wide, ${colorScheme}`);
        }
      }
      await page.close();
    }
    await context.close();
  });

  test('the filter leaves what is asked for', async () => {
    const context = await browser.newContext();
    const { page } = await visit(context, 'runtimes/threads.html');
    assert.equal(await page.locator('[data-standing]:visible').count(), 5);
    await page.getByLabel(/hazard gone/).check();
    assert.deepEqual(await page.locator('[data-standing]:visible a').allTextContents(), ['A query blocks']);
    await context.close();
  });

  test("a theme of one's own is kept from page to page", async () => {
    const context = await browser.newContext({ colorScheme: 'light' });
    const { page } = await visit(context, 'index.html');
    await page.getByRole('button', { name: 'Light or dark' }).click();
    await page.getByRole('link', { name: 'The document', exact: true }).click();
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await context.close();
  });

  test('without script everything is there but the filter and the theme', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const { page } = await visit(context, 'runtimes/threads.html');
    assert.equal(await page.locator('[data-standing]:visible').count(), 5);
    assert.equal(await page.locator('form:visible, button:visible').count(), 0);
    await context.close();
  });

  test('a schedule is a leaf that is opened by the keyboard, and tells how it came out without colour', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const { page } = await visit(context, 'explorations/One-is-never-interrupted-on-eventlet.html');
    const leaf = page.locator('.leaf').filter({ hasText: 'ab2a' }).first();
    assert.match((await leaf.locator('summary').textContent()) ?? '', /^✗ 2\s+ab2a$/);
    assert.ok(!(await leaf.getByText('read-number finished 0').isVisible()));
    await leaf.locator('summary').press('Enter');
    assert.ok(await leaf.getByText('read-number finished 0').isVisible());
    assert.ok(await leaf.getByText('--runtime eventlet --replay ab2a').isVisible());
    await context.close();
  });

  test('a timeline can be reached and scrolled by the keyboard, and has a text of its own', async () => {
    const context = await browser.newContext({ viewport: SIZES.phone });
    const { page } = await visit(context, 'scenarios/MY-1-A-query-blocks.html');
    const timeline = page.getByRole('region', { name: /A query blocks, on threads/ });
    await timeline.focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => (document.activeElement as { scrollLeft?: number } | null)?.scrollLeft !== 0);
    await page.getByText('The same as text').first().click();
    assert.ok(await page.locator('.told').getByText('subject#1: it finished').first().isVisible());
    await context.close();
  });
});
