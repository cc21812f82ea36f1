# frozen_string_literal: true

module Greenspec
  # The open connections of a run. A name means the one that this instance opened, else the last that any opened; closed ones are forgotten.
  class Connections
    Open = Struct.new(:instance, :name, :connection)

    def initialize
      @open = []
    end

    def add(instance, name, connection)
      @open << Open.new(instance, name, connection)
    end

    def find(instance, name)
      found(instance, name).connection
    end

    # Finds a connection and forgets it: it is about to be closed.
    def take(instance, name)
      one = found(instance, name)
      @open = @open.reject { |open| open.equal?(one) }
      one.connection
    end

    # Closes what the program left open. It may have been lost before, as some programs want it.
    def close_all
      @open.each do |open|
        open.connection.close
      rescue StandardError => e
        warn "after the run: #{e.message}"
      end
    end

    private

    def found(instance, name)
      named = @open.select { |open| open.name == name }
      named.reverse.find { |open| open.instance == instance } || named.last ||
        raise(StepError.new('no-connection', "there is no open connection #{name}"))
    end
  end
end
