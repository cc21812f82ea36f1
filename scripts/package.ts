import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { create } from 'ts-node';
import { ROOT } from '../src/project';

/** What goes into the package. Its layout is the repository's, with JavaScript in the place of TypeScript. */
const PARTS = [
  ...['src', 'steps', 'reference-impl', 'adapters', 'features', 'spec', 'templates', 'docs', 'examples'],
  ...['bin/greenspec.js', 'bin/register.js', 'README.md', 'CHANGELOG.md', 'LICENSE'],
];

/** What stays behind: tests, and what a run or an installation leaves. */
const LEFT_OUT =
  /(^|\/)(tests|__pycache__|build|[^/]*\.egg-info|adapters\/go\/bin|adapters\/java\/target|[^/]*_test\.go)$/;

const OUT = join(ROOT, 'build', 'package');

interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** Makes the package: build/package, and build/greenspec-VERSION.tgz of it. */
function main(): void {
  rmSync(OUT, { recursive: true, force: true });
  for (const part of PARTS) for (const file of filesOf(part)) place(file);
  declareTypes();
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  writeFileSync(join(OUT, 'package.json'), `${JSON.stringify(published(manifest), null, 2)}\n`);
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', dirname(OUT), OUT], {
    stdio: 'ignore',
  });
  process.stdout.write(`${join(dirname(OUT), `greenspec-${manifest.version}.tgz`)}\n`);
}

function filesOf(part: string): string[] {
  if (LEFT_OUT.test(part) && !part.startsWith('templates/')) return [];
  if (!statSync(join(ROOT, part)).isDirectory()) return [part];
  return readdirSync(join(ROOT, part)).flatMap((name) => filesOf(`${part}/${name}`));
}

const compiler = create({ cwd: ROOT, project: join(ROOT, 'tsconfig.json') });

/** TypeScript is compiled as the repository runs it; templates are for people, and stay as they are. */
function place(file: string): void {
  const target = join(OUT, file);
  mkdirSync(dirname(target), { recursive: true });
  const isCode = /\.tsx?$/.test(file) && !file.startsWith('templates/');
  if (!isCode) copyFileSync(join(ROOT, file), target);
  else {
    const code = compiler.compile(readFileSync(join(ROOT, file), 'utf8'), join(ROOT, file));
    // Maps would hold the sources a second time.
    writeFileSync(target.replace(/\.tsx?$/, '.js'), code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
  }
}

/** Types for those who import it. */
function declareTypes(): void {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  const entries = Object.values(manifest.exports).filter((path) => path.endsWith('.ts'));
  const project = join(ROOT, 'build', 'tsconfig.json');
  const compilerOptions = { noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: ROOT, outDir: OUT };
  const files = entries.map((path) => join(ROOT, path));
  writeFileSync(
    project,
    JSON.stringify({ extends: '../tsconfig.json', compilerOptions, files, include: [], exclude: [] }),
  );
  execFileSync(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project], {
    stdio: 'inherit',
  });
}

/** package.json without what is for those who work on greenspec. */
function published({
  private: _,
  scripts: __,
  devDependencies: ___,
  allowScripts: ____,
  ...manifest
}: Manifest): unknown {
  const exported = Object.entries(manifest.exports).map(([name, path]) =>
    path.endsWith('.ts') ? [name, exportOf(path.replace(/\.ts$/, ''))] : [name, path],
  );
  return { ...manifest, exports: Object.fromEntries(exported) };
}

/** What is imported finds its names: Node does not see those of a compiled module by itself. */
function exportOf(path: string): Record<string, string> {
  const names = Object.keys(require(join(OUT, `${path}.js`)) as object);
  const line = `export const { ${names.join(', ')} } = module;`;
  writeFileSync(join(OUT, `${path}.mjs`), `import module from './${basename(path)}.js';\n${line}\n`);
  return { types: `${path}.d.ts`, import: `${path}.mjs`, default: `${path}.js` };
}

main();
