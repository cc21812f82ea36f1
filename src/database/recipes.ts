import { join } from 'node:path';
import { findPrograms, type ServerProgram } from './find-servers';

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** What every start of a server's program begins with: no settings but these; root must say that it means it. */
function common(folder: string): string[] {
  const root = process.getuid?.() === 0;
  return ['--no-defaults', `--datadir=${join(folder, 'data')}`, ...(root ? ['--user=root'] : [])];
}

/** Makes the data folder. */
export async function initialise({ name, path }: ServerProgram, folder: string): Promise<Command> {
  if (name === 'MySQL')
    return [path, ...common(folder), '--initialize-insecure', '--loose-innodb-redo-log-capacity=8M'];
  const nearby = ['../bin', '../scripts', '.'].map((way) => join(path, '..', way));
  const [script] = [
    ...(await findPrograms('mariadb-install-db', nearby)),
    ...(await findPrograms('mysql_install_db', nearby)),
  ];
  if (script === undefined) throw new Error(`there is no mariadb-install-db to go with ${path}`);
  // No --user: given one, the script hands a part of the system's own installation over to that user.
  return [
    script,
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    // Temporary tables are named after the process's id: two at once in one folder can take each other's away.
    `--tmpdir=${folder}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
    '--innodb-log-file-size=8M',
  ];
}

/** Runs the server: on loopback alone, nothing shared with another one, and careless of a crash, since nothing is kept. */
export function run({ name, path }: ServerProgram, folder: string, port: number): Command {
  const own = [
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 'sock')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--log-error=${join(folder, 'error.log')}`,
    `--tmpdir=${folder}`,
    `--secure-file-priv=${join(folder, 'data')}`,
    `--init-file=${join(folder, 'init.sql')}`,
  ];
  const quick = [
    '--skip-name-resolve',
    '--skip-log-bin',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-doublewrite=0',
    '--innodb-buffer-pool-size=32M',
    '--innodb-use-native-aio=0',
  ];
  // What MySQL's witness reads is in the performance schema; MariaDB has the same without it.
  const flavour =
    name === 'MySQL'
      ? ['--performance-schema=1', '--loose-mysqlx=0', '--loose-innodb-redo-log-capacity=8M']
      : ['--innodb-log-file-size=8M'];
  return [path, ...common(folder), ...own, ...quick, ...flavour];
}
