# frozen_string_literal: true

# Async on Ruby's Fiber scheduler: tasks are fibers on one OS thread, and what waits in Ruby's library, or in a C library by Ruby's own
# calls, waits by the scheduler.

require_relative 'greenspec'

class AsyncTasks < Greenspec::Runtime
  NAME = 'ruby-async'
  # Async's reactor brings a scheduler for the thread. Without it (as on Ruby before 3.0) its own calls still switch, and Ruby's block.
  PATCHES = [true, false].freeze

  def prepare(patch, pool)
    gem 'async', '~> 1.30'
    require 'async'
    require 'async/semaphore'
    require_relative 'greenspec/mysql2'
    @patch = patch
    @pool = pool
    @version = Async::VERSION
    @hub = Async::Reactor.selector.then { |selector| "nio4r, #{selector.backend}".tap { selector.close } }
    @lock = Greenspec::Lock.new(name: 'Thread::Mutex', version: RUBY_VERSION, stand_in: true)
    # Unpatched, who waits for a mutex stops the OS thread, and with it the holder: Ruby calls that a deadlock.
    @lacks << 'synchronized' unless patch
    @drivers = Greenspec::MySQL2.drivers
    @components = { 'nio4r' => NIO::VERSION, 'timers' => Timers::VERSION }
  end

  def patched?
    seen = nil
    run { seen = !Fiber.current_scheduler.nil? }
    seen
  end

  def run
    @mutexes = Hash.new { |mutexes, name| mutexes[name] = Thread::Mutex.new }
    @tasks = Async::Semaphore.new(@pool)
    Async do |main|
      Fiber.set_scheduler(nil) unless @patch
      yield
      main.reactor.interrupt # it would go on until the last task has ended; so it stops those that are left
    end
  end

  # With a condition of its own a task that fails is nobody's news but that of those who wait for it.
  def spawn(&body) = Async::Task.current.async(finished: Async::Condition.new, &body)

  def spawn_in_pool(&body) = @tasks.async(finished: Async::Condition.new, &body)

  def join(task) = task.wait

  def kill(task) = task.stop

  def timeout(seconds, &body)
    over = Class.new(Exception) # one of this time-out's own, and no StandardError
    Async::Task.current.with_timeout(seconds, over, &body)
  rescue over
    raise Greenspec::StepError.new('timed-out', "not over after #{seconds} s")
  end

  def sleep(*seconds) = Async::Task.current.sleep(*seconds)

  def synchronized(name, &body) = @mutexes[name].synchronize(&body)

  # Unpatched, a socket waits by Async alone.
  def await_readable(socket)
    return if @patch

    wrapper = Async::Wrapper.new(socket)
    wrapper.wait_readable
  ensure
    wrapper&.reactor = nil # and with it goes what the selector has of the socket
  end
end

Greenspec.serve(AsyncTasks)
