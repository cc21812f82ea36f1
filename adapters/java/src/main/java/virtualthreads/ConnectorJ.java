package virtualthreads;

import greenspec.Driver;
import greenspec.StepException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A connection of MySQL Connector/J. */
final class ConnectorJ implements Driver.Connection {
    private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);

    private final Connection connection;

    private ConnectorJ(Connection connection) {
        this.connection = connection;
    }

    static Driver.Connection connect(Driver.Address server) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("user", server.user());
        properties.setProperty("password", server.password());
        properties.setProperty("dbname", server.database());
        // Without TLS, a password is sent by the server's public key.
        properties.setProperty("sslMode", "DISABLED");
        properties.setProperty("allowPublicKeyRetrieval", "true");
        properties.setProperty("tinyInt1isBit", "false");
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        String url = "jdbc:mysql://%s:%d/".formatted(host, server.port());
        try {
            Connection connection = new com.mysql.cj.jdbc.Driver().connect(url, properties);
            connection.setAutoCommit(true); // a server may be configured otherwise
            return new ConnectorJ(connection);
        } catch (SQLException refused) {
            throw coded(refused);
        }
    }

    static String version() {
        return com.mysql.cj.jdbc.Driver.class.getPackage().getImplementationVersion();
    }

    @Override
    public List<List<Object>> query(String sql) throws Exception {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? table(statement.getResultSet()) : null;
        } catch (SQLException refused) {
            throw coded(refused);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static List<List<Object>> table(ResultSet rows) throws SQLException {
        List<List<Object>> table = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<Object> row = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                row.add(plain(rows, column));
            }
            table.add(row);
        }
        return table;
    }

    /** What a column holds, as a string, a double or null: integers beyond 2^53 travel as strings. */
    private static Object plain(ResultSet rows, int column) throws SQLException {
        return switch (rows.getObject(column)) {
            case null -> null;
            case Float number -> number.doubleValue();
            case Double number -> number;
            case Integer number -> number.doubleValue();
            case Long number -> whole(BigInteger.valueOf(number));
            case BigInteger number -> whole(number);
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            default -> rows.getString(column);
        };
    }

    private static Object whole(BigInteger number) {
        return number.abs().compareTo(EXACT) <= 0 ? (Object) number.doubleValue() : number.toString();
    }

    /** An error with MySQL's number where it is the server's. */
    private static Exception coded(SQLException error) {
        return error.getErrorCode() == 0 ? error : new StepException(error.getErrorCode(), error.getMessage());
    }
}
