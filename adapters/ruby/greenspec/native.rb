# frozen_string_literal: true

module Greenspec
  # Calls that no Fiber scheduler is asked about. What reports on a runtime must not go through it: a write that waits by the scheduler
  # would switch green threads in the midst of an event.
  module Native
    # A lock of the standard library's that was made before there was any scheduler.
    EARLY_LOCK = Thread::Mutex.new

    # Ruby asks the scheduler in non-blocking fibers alone; calls in a blocking one block the OS thread.
    def self.blocking(&body)
      Fiber.new(blocking: true, &body).resume
    end

    # Milliseconds on a clock that only goes forward.
    def self.now
      Process.clock_gettime(Process::CLOCK_MONOTONIC, :float_millisecond)
    end

    # Writes in one piece, or in more where the system takes less. Ends the process if nobody reads any more.
    def self.write(out, line)
      line = line.byteslice(out.syswrite(line)..) until line.empty?
    rescue SystemCallError
      exit!(1)
    end
  end
end
