#!/usr/bin/env node
// What runs before TypeScript can: a Node that is too old is told so, instead of failing somewhere inside.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `greenspec needs Node 22.18 or newer, and this is ${process.version}; ./setup installs one for the project: use \`npm run greenspec\`\n`,
  );
  process.exit(2);
}
require('./register');
require('../src/cli/main').main(process.argv);
