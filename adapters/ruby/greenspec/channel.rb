# frozen_string_literal: true

module Greenspec
  # The line channel to the harness. It takes descriptor 1 for itself: a stray print goes to standard error from here on.
  class Channel
    MESSAGE_LIMIT = 1024 * 1024
    CHUNK = 64 * 1024

    attr_reader :out

    def initialize
      @out = $stdout.dup
      $stdout.reopen($stderr)
      $stdout.sync = true
    end

    # Yields the lines that come in, until the end of input. A line over the limit raises Refusal.
    def each_line
      pending = String.new
      loop do
        *complete, pending = (pending << $stdin.sysread(CHUNK)).split("\n", -1)
        complete.each { |line| yield within_limit(line) }
        within_limit(pending)
      end
    rescue EOFError
      nil
    end

    def send(message)
      Native.write(out, "#{Values.encode({ jsonrpc: '2.0', **message })}\n")
    end

    private

    def within_limit(line)
      return line if line.bytesize <= MESSAGE_LIMIT

      raise Refusal.new(NO_REQUEST, "a line of more than #{MESSAGE_LIMIT} bytes")
    end
  end
end
