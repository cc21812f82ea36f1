# frozen_string_literal: true

require 'logger'

module Greenspec
  # The run's log.txt, written with the standard library's Logger. Opened by the first step that wants it.
  class Log
    def initialize(folder)
      @path = File.join(folder, 'log.txt')
    end

    def info(line) = logger.info(line)

    # What writes the lines, under a lock of its own.
    def device = logger.instance_variable_get(:@logdev)

    def close = @file&.close

    private

    def logger
      @logger ||= begin
        # A file of our own: one that Logger makes begins with a line of Logger's.
        @file = File.open(@path, 'a').tap { |file| file.sync = true }
        Logger.new(@file, formatter: ->(_severity, _time, _name, line) { "#{line}\n" })
      end
    end
  end
end
