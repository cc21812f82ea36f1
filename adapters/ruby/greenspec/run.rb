# frozen_string_literal: true

require_relative 'connections'
require_relative 'events'
require_relative 'log'
require_relative 'steps'

module Greenspec
  # Ends a green thread with a value. No StandardError, so that no step and no library takes it for an error.
  class Returned < Exception
    attr_reader :value

    def initialize(value)
      super('return')
      @value = value
    end
  end

  # A green thread of the program that runs: main, or NAME#1, NAME#2, …
  class Instance
    attr_reader :name, :locals
    # What spawn gave; the number of its last started event; whether it has run at all, was killed, came to its own end.
    attr_accessor :handle, :reported, :begun, :killed, :complete

    def initialize(name)
      @name = name
      @locals = {}
      @reported = 0
    end

    def cut? = killed && !complete
  end

  # One run of a program: all its state. Nothing is left for the next run.
  class Run
    attr_reader :runtime, :events, :nonce, :folder, :gates, :database, :threads, :variables, :instances, :connections, :log

    def initialize(runtime, params, out)
      @runtime = runtime
      @events = Events.new(out, params['run'])
      @nonce, @folder, @gates, @database = params.values_at('nonce', 'folder', 'gates', 'database')
      @threads = params['program']['threads']
      @variables = params['program'].fetch('variables', {}).dup
      @instances = Hash.new { |instances, thread| instances[thread] = [] }
      @numbers = Hash.new(0)
      @unfinished = {}.compare_by_identity
      @connections = Connections.new
      @log = Log.new(folder)
      @steps = Steps.new(self)
    end

    # Runs the program; gives the result of the request.
    def execute
      result = nil
      runtime.run do
        main
        result = { events: events.close, unfinished: @unfinished.size }
        # A connection that a green thread left behind may be using is not safe to close; its process will be replaced.
        connections.close_all if @unfinished.empty?
      end
      result
    ensure
      log.close if @unfinished.empty?
    end

    # A new instance, unfinished from now on.
    def instance(thread)
      Instance.new("#{thread}##{@numbers[thread] += 1}").tap { |instance| @unfinished[instance] = true }
    end

    # Forgets one that will never begin.
    def forget(instance)
      @unfinished.delete(instance)
    end

    # The life of an instance; gives what it returns.
    def live(thread, instance)
      instance.begun = true
      @steps.perform(threads[thread]['steps'], instance)
      instance.complete = true
      nil
    rescue Returned => e
      instance.complete = true
      e.value
    rescue StandardError
      instance.complete = true
      raise
    ensure
      forget(instance)
    end

    private

    def main
      @steps.perform(threads['main']['steps'], Instance.new('main'))
    rescue Returned
      nil
    rescue StandardError => e
      # The step has reported it if it has a label; if not, only this line tells.
      warn "main ended by #{Greenspec.code_of(e)}: #{e.message}"
    end
  end
end
