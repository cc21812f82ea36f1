// Readies this process, and each that it has start with `--require`, for greenspec's code: TypeScript in the repository, compiled in the package.
const { existsSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

if (existsSync(join(__dirname, 'load-typescript.js'))) require('./load-typescript');
else enableCompileCache();
