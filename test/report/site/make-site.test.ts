import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAdvice } from '../../../src/clauses/advice';
import { readCatalogue } from '../../../src/clauses/catalogue';
import { splitDocument } from '../../../src/clauses/document';
import { ROOT } from '../../../src/project';
import { makeSite, type SiteInput } from '../../../src/report/site/make-site';
import type { ResultFile } from '../../../src/verdict/result';
import { exploration, failing, result, scenario } from './results';

const catalogue = readCatalogue(ROOT);
const HAZARD = {
  clause: 'MY-1',
  polarity: 'hazard',
  name: 'A query blocks',
  feature: 'features/mysql.feature',
} as const;

function site(files: readonly ResultFile[], more: Partial<SiteInput> = {}): Map<string, string> {
  return new Map(makeSite({ catalogue, advice: readAdvice(ROOT), files, problems: [], version: '0.1.0', ...more }));
}

function pageOf(pages: Map<string, string>, path: string): string {
  const content = pages.get(path);
  assert.ok(content !== undefined, `${path} is one of ${[...pages.keys()].join(', ')}`);
  return content;
}

function linksOf(html: string): string[] {
  return [...html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href).filter((href) => !href.startsWith('data:'));
}

/** What a page says, without its marks. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe('the site', () => {
  const files = [result('threads', [failing(), failing(HAZARD)]), result('eventlet', [scenario(), scenario(HAZARD)])];

  test('is the same to the last byte when it is made again', () => {
    assert.deepEqual(site(files), site(JSON.parse(JSON.stringify(files)) as ResultFile[]));
  });

  test('has a page for all, one for the document, one a runtime, one a scenario, and of a move one and its scenarios side by side', () => {
    assert.deepEqual(
      [...site(files).keys()],
      [
        'index.html',
        'document.html',
        'runtimes/eventlet.html',
        'runtimes/threads.html',
        'compare/eventlet-to-threads.html',
        'compare/eventlet-to-threads/TM-2-One-is-never-interrupted.html',
        'compare/eventlet-to-threads/MY-1-A-query-blocks.html',
        'scenarios/TM-2-One-is-never-interrupted.html',
        'scenarios/MY-1-A-query-blocks.html',
      ],
    );
  });

  test('says that a guarantee is lost, and of a hazard that it is gone', () => {
    const text = textOf(pageOf(site(files), 'index.html'));
    assert.match(
      text,
      /threads 1\.2\.3 on python 3\.11\.7 with MySQL 9\.7\.4, 2026-11-25: 1 guarantee lost \(TM-2\), 1 hazard gone \(MY-1\), 15 not run\./,
    );
    assert.match(
      text,
      /eventlet 1\.2\.3 on python 3\.11\.7 with MySQL 9\.7\.4, 2026-11-25: 2 clauses hold, 15 not run\./,
    );
  });

  test('leads from a page to another that is there, and to a place that is on it', () => {
    const pages = site(files);
    const links = [...pages].flatMap(([path, html]) => linksOf(html).map((href) => ({ path, href })));
    assert.ok(links.length > 50);
    for (const { path, href } of links) {
      const [file = '', anchor] = href.split('#');
      const content = pageOf(pages, file === '' ? path : new URL(file, `file:///${path}`).pathname.slice(1));
      assert.ok(anchor === undefined || content.includes(`id="${anchor}"`), `${path} leads to ${href}`);
    }
  });

  test('shows on a scenario its Gherkin, why it fails, what contradicts it, and how to run it again', () => {
    const html = pageOf(site(files), 'scenarios/TM-2-One-is-never-interrupted.html');
    const text = textOf(html);
    for (const said of ['Given a green thread', 'it runs: it did not', 'main: it finished 3 ← contradicts'])
      assert.ok(text.includes(said), said);
    assert.match(text, /run threads --scenario features\/threading-model\.feature:12/);
    assert.match(html, /<g class="moment contradicts">/);
  });

  test("gives the whole command of a runtime of somebody's own", () => {
    const own = result('mine', [failing()]);
    const html = pageOf(
      site([{ ...own, runtime: { ...own.runtime, named: false } }]),
      'scenarios/TM-2-One-is-never-interrupted.html',
    );
    assert.match(
      textOf(html),
      /run mine --scenario \S+:12 -- python &#39;my adapter\.py&#39;|-- python 'my adapter\.py'/,
    );
  });

  test('tells what is not judged, and what could not be read, from what holds', () => {
    const problems = [
      { party: 'user', what: 'old.json is of an older suite', expected: 'format 2', came: 'format 1' } as const,
    ];
    const open = result('mine', [scenario({ verdict: 'inconclusive', reason: 'no server' })], {
      verdict: 'inconclusive',
    });
    const text = textOf(pageOf(site([open], { problems }), 'index.html'));
    assert.match(text, /1 inconclusive \(TM-2\)/);
    assert.match(text, /old\.json is of an older suite; expected: format 2; came: format 1/);
    assert.doesNotMatch(text, /clauses? holds?\b\./);
  });

  test("shows a copy of the document with each sentence's clauses, where there is one", () => {
    const text = splitDocument('Threading model\n===============\n\nNobody knows this sentence.\n');
    const html = pageOf(site(files, { text }), 'document.html');
    assert.match(textOf(html), /Nobody knows this sentence\. \(no clause stands for this sentence\)/);
    assert.doesNotMatch(pageOf(site(files), 'document.html'), /id="text"/);
  });

  test('tells a difference that is known from one that is not, with its reason, and links to pages only', () => {
    const entry = { list: 'known', reason: 'it preempts', file: 'threads.yaml', line: 3 } as const;
    const pages = (link: string): string =>
      pageOf(site([result('threads', [failing({ expected: { ...entry, link } })])]), 'runtimes/threads.html');
    assert.match(textOf(pages('https://docs.python.org/3/')), /known it preempts source/);
    assert.match(pages('https://docs.python.org/3/'), /<a href="https:\/\/docs\.python\.org\/3\/">/);
    assert.doesNotMatch(pages('javascript:alert(1)'), /href="javascript/);
  });

  test('sets the facts of runtimes side by side, apart from verdicts', () => {
    const facts = [{ id: 'child-starts', question: 'When does a child begin to run?', answer: 'at once' }];
    const pages = site([result('mine', [scenario()], { facts }), result('other', [scenario()], { facts: [] })]);
    const text = textOf(pageOf(pages, 'index.html'));
    assert.match(text, /Question mine other When does a child begin to run\? at once not asked/);
    assert.doesNotMatch(textOf(pageOf(site(files), 'index.html')), /Question/);
  });

  test('tells on the page of a move what is no longer there', () => {
    const able = (name: string, capabilities: string[]): ResultFile => {
      const file = result(name, [scenario()]);
      return {
        ...file,
        runtime: { ...file.runtime, identity: { ...(file.runtime.identity as object), capabilities } },
      };
    };
    const pages = site([able('eventlet', ['spawn', 'patch/on']), able('threads', ['spawn'])]);
    assert.match(textOf(pageOf(pages, 'compare/eventlet-to-threads.html')), /No longer there patch\/on /);
  });

  test('shows an exploration by its ways and its schedules, and leads there from the overview and from its scenario', () => {
    const pages = site(files, { explorations: [exploration()] });
    const path = 'explorations/One-is-never-interrupted-on-eventlet.html';
    const text = textOf(pageOf(pages, path));
    assert.match(text, /complete: 3 schedules stand for all 6 orders/);
    assert.match(text, /✗ 2 4 an update is lost: number is 1, 1 update is lost ab2a/);
    // As in a tree, whatever was tried first.
    assert.match(text, /✓ 1 a2b2 .*✗ 2 ab2a .*✗ 2 b2a2 .*was not kept/);
    assert.match(text, /--runtime eventlet --replay b2a2/);
    for (const from of ['index.html', 'scenarios/TM-2-One-is-never-interrupted.html'])
      assert.ok(
        linksOf(pageOf(pages, from)).some((href) => href.endsWith(path)),
        from,
      );
    assert.ok(linksOf(pageOf(pages, path)).includes('../scenarios/TM-2-One-is-never-interrupted.html'));
  });

  test('shows so many schedules at most, says so, and stays small', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `a  is let go, and says what it is: ${i}`);
    const strip = Array.from({ length: 1000 }, (_, i) => ({
      ...{ schedule: `a${i + 1}b`, orders: '1', way: i % 2 },
      ...(i < 100 ? { timeline: lines } : {}),
    }));
    const pages = site(files, { explorations: [exploration({ strip, schedules: 1_000_000 })] });
    const html = pageOf(pages, 'explorations/One-is-never-interrupted-on-eventlet.html');
    assert.match(textOf(html), /Of 1000000 schedules 500 are shown here/);
    assert.ok(html.length < 700_000, `${html.length}`);
  });

  test('draws no record that is damaged, and shows the rest', () => {
    const damaged = result('mine', [scenario({ record: { entries: 'none' } })]);
    const html = pageOf(site([damaged]), 'scenarios/TM-2-One-is-never-interrupted.html');
    assert.match(textOf(html), /The record of this run is damaged/);
  });
});

describe('a hostile runtime', () => {
  const evil = '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\'';
  const file = result(`../../${evil}`, [
    failing({
      ...{ name: evil, reason: evil, gherkin: [evil], feature: evil, clause: evil },
      claims: [{ says: evil, verdict: 'fail', why: 'x'.repeat(1_000_000), against: [1] }],
    }),
  ]);

  test('gets nothing of its own into a page', () => {
    const strange = exploration({
      ...{ scenario: { name: evil, place: evil }, reason: evil, again: evil, uncontrolled: evil },
      strip: [{ schedule: evil, way: 1, timeline: [evil] }],
    });
    for (const [path, html] of site([file], { explorations: [strange] })) {
      assert.match(path, /^[\w./-]+$/);
      assert.ok(!path.includes('..'), path);
      assert.equal(html.match(/<script>/g)?.length, 1, "the only script is the page's own");
      assert.doesNotMatch(html, /<img|<script>alert/);
    }
  });

  test('cannot make a page grow', () => {
    for (const [path, html] of site([file])) assert.ok(html.length < 60_000, `${path}: ${html.length}`);
  });
});
