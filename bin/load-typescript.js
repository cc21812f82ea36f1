// Lets this process load TypeScript: through ts-node, whose output is kept. A process that finds all its files kept never loads
// the compiler, which would take longer than all of a small run. docs/adr/0003 has the figures.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { enableCompileCache, setSourceMapsSupport } = require('node:module');
const { join } = require('node:path');

const root = join(__dirname, '..');
const cache = join(root, 'node_modules', '.cache', 'greenspec');
const settings = ['package-lock.json', 'tsconfig.json'].map((name) => readFileSync(join(root, name))).join();
const version = createHash('sha1').update(settings).update(process.version).digest('hex');

process.env.NODE_COMPILE_CACHE ??= join(cache, 'code');
enableCompileCache(process.env.NODE_COMPILE_CACHE);
setSourceMapsSupport(true, { nodeModules: false });

let compiler;

function compile(source, file) {
  compiler ??= require('ts-node').create({ cwd: root, project: join(root, 'tsconfig.json') });
  return compiler.compile(source, file);
}

/** Written under another name first: two processes may compile the same file at once. */
function keep(path, code) {
  try {
    mkdirSync(join(cache, 'compiled'), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, code);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // A folder that cannot be written costs time, and nothing else.
  }
}

function kept(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

require.extensions['.ts'] = load;
require.extensions['.tsx'] = load;

function load(module, file) {
  const source = readFileSync(file, 'utf8');
  const path = join(
    cache,
    'compiled',
    `${createHash('sha1').update(version).update(file).update(source).digest('hex')}.js`,
  );
  let code = kept(path);
  if (code === undefined) {
    code = compile(source, file);
    keep(path, code);
  }
  module._compile(code, file);
}
