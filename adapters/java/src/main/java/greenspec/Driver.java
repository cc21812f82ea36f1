package greenspec;

import java.util.List;

/** A driver of MySQL. What the server refuses is a {@link StepException} with its number. */
@FunctionalInterface
public interface Driver {
    /** Opens a connection, autocommit on. */
    Connection connect(Address server) throws Exception;

    /** An open connection to MySQL. */
    interface Connection {
        /** Gives the rows, of strings, doubles and nulls; null where the statement has no result set. */
        List<List<Object>> query(String sql) throws Exception;

        void close() throws Exception;
    }

    /** Where a MySQL server is, and how to log in. */
    record Address(String host, int port, String user, String password, String database) {}
}
