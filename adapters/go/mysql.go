package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strconv"

	"github.com/go-sql-driver/mysql"

	"greenspec/adapters/go/greenspec"
)

// connection is one connection of go-sql-driver, alone in a pool of database/sql's.
type connection struct {
	pool *sql.DB
	conn *sql.Conn
}

func connect(address greenspec.Address) (greenspec.Connection, error) {
	config := mysql.NewConfig()
	config.Net, config.Addr = "tcp", net.JoinHostPort(address.Host, strconv.Itoa(address.Port))
	config.User, config.Passwd, config.DBName = address.User, address.Password, address.Database
	config.Params = map[string]string{"autocommit": "1"} // a server may be configured otherwise
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(connector)
	conn, err := pool.Conn(context.Background())
	if err != nil {
		_ = pool.Close()
		return nil, coded(err)
	}
	return connection{pool, conn}, nil
}

func (c connection) Query(statement string) ([][]greenspec.Value, error) {
	rows, err := c.conn.QueryContext(context.Background(), statement)
	if err != nil {
		return nil, coded(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil || len(columns) == 0 {
		return nil, coded(err)
	}
	table := [][]greenspec.Value{}
	for rows.Next() {
		row, places := make([]greenspec.Value, len(columns)), make([]any, len(columns))
		for i := range row {
			places[i] = &row[i]
		}
		if err := rows.Scan(places...); err != nil {
			return nil, err
		}
		for i := range row {
			row[i] = plain(row[i])
		}
		table = append(table, row)
	}
	return table, coded(rows.Err())
}

// Close gives the connection back to its pool, and closes the pool with it.
func (c connection) Close() error {
	returned := c.conn.Close()
	if err := c.pool.Close(); err != nil {
		return err
	}
	return returned
}

// coded is an error with MySQL's number where it is the server's.
func coded(err error) error {
	var server *mysql.MySQLError
	if errors.As(err, &server) {
		return &greenspec.MySQLError{Number: int(server.Number), Message: server.Message}
	}
	return err
}

// plain is what a column holds, as a string, a number or nil: integers beyond 2^53 travel as strings.
func plain(column any) greenspec.Value {
	const exact = 1 << 53
	switch column := column.(type) {
	case nil:
		return nil
	case []byte:
		return string(column)
	case float32:
		return float64(column)
	case float64:
		return column
	case int64:
		if -exact <= column && column <= exact {
			return float64(column)
		}
	case uint64:
		if column <= exact {
			return float64(column)
		}
	}
	return fmt.Sprint(column)
}
