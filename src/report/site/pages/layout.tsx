import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentChildren, JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Site } from '../model';

const asset = (name: string): string => readFileSync(join(__dirname, '..', 'assets', name), 'utf8');
const STYLE = asset('site.css') + asset('timeline.css');
const SCRIPT = asset('site.js');

/** The pages have no other style and no other script than these: whatever a runtime says, a browser runs none of it. */
const POLICY = `default-src 'none'; style-src '${hash(STYLE)}'; script-src '${hash(SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'`;

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

export interface PageProps {
  readonly title: string;
  /** The way from the page to the site's folder: `''` or `'../'`. */
  readonly root: string;
  readonly site: Site;
  /** The version of the suite that made the page. */
  readonly version: string;
  readonly children: ComponentChildren;
}

/** A whole page, as HTML. */
export function page(props: PageProps): string {
  return `<!doctype html>\n${renderToString(<Page {...props} />)}\n`;
}

function Page({ title, root, site, version, children }: PageProps): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="greenspec" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
        <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />
      </head>
      <body>
        <header>
          <a class="brand" href={`${root}index.html`}>
            greenspec
          </a>
          <nav aria-label="Pages">
            <a href={`${root}index.html`}>Overview</a>
            <a href={`${root}document.html`}>The document</a>
            {site.runtimes.map(({ name, slug }) => (
              <a href={`${root}runtimes/${slug}.html`}>{name}</a>
            ))}
          </nav>
          <button type="button" data-theme-switch hidden>
            Light or dark
          </button>
        </header>
        <main>{children}</main>
        <footer>
          <p>
            Made by greenspec {version} from result files alone: the same results make the same pages. Verdicts rest on
            the order of events and on what gates, the kernel and a MySQL server witnessed, never on how long something
            took.
          </p>
        </footer>
      </body>
    </html>
  );
}
