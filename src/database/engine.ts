import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../fault/fault';

/** A container engine answers at once, or it is not there; but whoever asks may be busy loading code for a good part of a second. */
const PATIENCE_MS = 3000;

/** The address of a Docker engine that answers; a Fault that names the addresses if none does. Looks where testcontainers looks. */
export async function findEngine(): Promise<string> {
  const failures: string[] = [];
  for (const address of addresses()) {
    const failure = await ping(address);
    if (failure === undefined) return address;
    failures.push(`${address}: ${failure}`);
  }
  throw new Fault({
    party: 'environment',
    what: 'no Docker engine answers',
    came: failures.join('; ') || 'no socket of one where they usually are',
    advice: failures.some((failure) => failure.includes('EACCES'))
      ? 'join the group that may use the socket, as in: sudo usermod -aG docker $USER'
      : 'start Docker, or set DOCKER_HOST',
  });
}

function addresses(): string[] {
  const chosen = process.env.DOCKER_HOST || property('docker.host');
  if (chosen !== undefined) return [chosen];
  return [
    '/var/run/docker.sock',
    join(process.env.XDG_RUNTIME_DIR || `/run/user/${userInfo().uid}`, 'docker.sock'),
    join(homedir(), '.docker', 'run', 'docker.sock'),
    join(homedir(), '.docker', 'desktop', 'docker.sock'),
  ]
    .filter((path) => existsSync(path))
    .map((path) => `unix://${path}`);
}

function property(name: string): string | undefined {
  try {
    const text = readFileSync(join(homedir(), '.testcontainers.properties'), 'utf8');
    return new RegExp(`^\\s*${name.replace('.', '\\.')}\\s*=\\s*(\\S+)`, 'm').exec(text)?.[1];
  } catch {
    return undefined;
  }
}

/** What is wrong with the engine there; nothing if it answers, or can't be asked with plain HTTP. */
async function ping(address: string): Promise<string | undefined> {
  if (!URL.canParse(address)) return 'no URL';
  const { protocol, hostname, port, pathname } = new URL(address);
  if (process.env.DOCKER_TLS_VERIFY === '1' || !['unix:', 'tcp:', 'http:'].includes(protocol)) return undefined;
  const where = protocol === 'unix:' ? { socketPath: pathname } : { host: hostname, port: port || 2375 };
  return await new Promise((resolve) => {
    const asked = request({ ...where, path: '/_ping', signal: AbortSignal.timeout(PATIENCE_MS) }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200 ? undefined : `it answers with ${answer.statusCode}`);
    });
    asked.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ABORT_ERR' ? `no answer within ${PATIENCE_MS} ms` : (error.code ?? error.message)),
    );
    asked.end();
  });
}
