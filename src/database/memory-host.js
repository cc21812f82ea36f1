// Runs mysql-memory-server in a process of its own, whose group is guarded: the package says of its server only the port.
const { createDB } = require('mysql-memory-server');

process.once('disconnect', () => process.exit());
createDB(JSON.parse(process.argv[2])).then(
  ({ port }) => process.send({ port }),
  (error) => {
    console.error(String(error));
    process.exit(1);
  },
);
