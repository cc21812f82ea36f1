#!/usr/bin/env node
// What runs before TypeScript can: a Node that is too old is told so, instead of failing somewhere inside.
if (Number(process.versions.node.split('.')[0]) < 22) {
  process.stderr.write(
    `greenspec needs Node 22 or newer, and this is ${process.version}; ./setup installs one for the project: use \`npm run greenspec\`\n`,
  );
  process.exit(2);
}
require('./register');
require('../src/cli/main').main(process.argv);
