// An OS thread of the pool: calls the C library as the main thread would, and sleeps until it has answered. Read by Node as
// it is, like mysql-worker.ts.
import type { Line } from './mysql-library';
import type { Request } from './mysql-worker';

const { parentPort, workerData } = require('node:worker_threads') as typeof import('node:worker_threads');
const { call, useLine } = require('./mysql-library.ts') as typeof import('./mysql-library');

useLine(workerData as Line);
parentPort?.on('message', (request: Request) => parentPort.postMessage(call(request)));
