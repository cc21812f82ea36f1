#!/usr/bin/env node
// What runs before TypeScript can: a Node that is too old is told so, instead of failing somewhere inside.
const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  process.stderr.write(
    `greenspec needs Node 22 or newer, and this is ${process.version}; ./setup installs one for the project: use \`npm run greenspec\`\n`,
  );
  process.exit(2);
}
const { join } = require('node:path');
// Compiled code is kept between runs, for this process and for those of its adapters that are Node.
process.env.NODE_COMPILE_CACHE ??= join(__dirname, '..', 'node_modules', '.cache', 'greenspec');
require('node:module').enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
process.env.TS_NODE_PROJECT ??= join(__dirname, '..', 'tsconfig.json');
require('ts-node/register');
require('../src/cli/main').main(process.argv);
