#!/usr/bin/env node
// What runs before TypeScript can: a Node that is too old is told so, instead of failing somewhere inside.
const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  process.stderr.write(
    `greenspec needs Node 22 or newer, and this is ${process.version}; ./setup installs one for the project: use \`npm run greenspec\`\n`,
  );
  process.exit(2);
}
require('node:module').enableCompileCache?.();
process.env.TS_NODE_PROJECT ??= require('node:path').join(__dirname, '..', 'tsconfig.json');
require('ts-node/register');
require('../src/cli/main').main(process.argv);
