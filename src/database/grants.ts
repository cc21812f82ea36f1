/** The name of the user and of the schema in a server of our own. */
export const OWN_NAME = 'greenspec';

/**
 * What makes our user in a server of our own, and leaves no account that needs no password. The second and third grant are for witnesses that see more where they may; on a
 * server of the user's all rights on one schema will do.
 */
export function makeUser(password: string, rootPassword: string): string {
  const user = `'${OWN_NAME}'@'%'`;
  return [
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${rootPassword}'`,
    "DROP USER IF EXISTS 'root'@'127.0.0.1', 'root'@'::1'",
    `CREATE DATABASE IF NOT EXISTS ${OWN_NAME}`,
    `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY '${password}'`,
    ...grants(user, OWN_NAME),
  ]
    .map((statement) => `${statement};\n`)
    .join('');
}

export function grants(user: string, database: string): string[] {
  return [
    `GRANT ALL ON \`${database}\`.* TO ${user}`,
    `GRANT PROCESS ON *.* TO ${user}`,
    `GRANT SELECT ON performance_schema.* TO ${user}`,
  ];
}
