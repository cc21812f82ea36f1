# frozen_string_literal: true

require 'bigdecimal'

module Greenspec
  # mysql2, Ruby's usual driver, which is around a C library. It is no driver of the runtime where it is not installed.
  module MySQL2
    # A connection whose calls are mysql2's.
    class Connection
      def initialize(client)
        @client = client
      end

      def query(sql)
        rows = MySQL2.coded { @client.query(sql, as: :array) }
        rows&.map { |row| row.map { |cell| Values.plain(cell.is_a?(BigDecimal) ? cell.to_s('F') : cell) } }
      end

      def close = @client.close
    end

    def self.drivers
      require 'mysql2'
      { 'c-library' => Driver.new(name: 'mysql2', version: Mysql2::VERSION, library: 'mysql2.so', open: method(:open)) }
    rescue LoadError
      {}
    end

    def self.open(address)
      host, port, user, password, database = address.values_at('host', 'port', 'user', 'password', 'database')
      # A server may be configured otherwise than autocommit.
      settings = { encoding: 'utf8mb4', init_command: 'SET autocommit = 1' }
      coded do
        Connection.new(Mysql2::Client.new(host: host, port: port, username: user, password: password, database: database, **settings))
      end
    end

    # MySQL's number as the code of its errors.
    def self.coded
      yield
    rescue Mysql2::Error => e
      raise e.error_number.to_i.zero? ? e : StepError.new(e.error_number, e.message)
    end
  end
end
