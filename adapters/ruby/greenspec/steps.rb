# frozen_string_literal: true

require_relative 'joining'
require_relative 'waiting'

module Greenspec
  # Runs steps, each with its events where it has a label.
  class Steps
    include Joining
    include Waiting

    # What a runtime's sleep, say, gives is no value.
    VALUED = %w[join attempt wait touch get set query].freeze

    def initialize(run)
      @run = run
      @runtime = run.runtime
      @events = run.events
      @variables = run.variables
    end

    # Runs a list of steps in an instance's green thread.
    def perform(steps, instance)
      steps.each do |step|
        value = step.key?('label') ? reported(step, instance) : act(step, instance)
        instance.locals[step['into']] = value if step.key?('into')
      end
    end

    private

    def reported(step, instance)
      name, label = instance.name, step['label']
      instance.reported = @events.started(name, label)
      value = act(step, instance)
      @events.finished(name, label, VALUED.include?(step['do']) ? value : nil)
      value
    rescue Returned
      @events.finished(name, label)
      raise
    rescue Exception => e
      @events.raised(name, label, e)
      raise
    end

    def act(step, instance)
      case step['do']
      when 'spawn' then spawn(step)
      when 'join' then join(step['thread'], instance)
      when 'kill' then kill(step['thread'])
      when 'return' then raise Returned.new(step['value'])
      when 'raise' then raise StepError.new(step['error'], "#{step['error']}, raised by the program")
      when 'attempt' then attempt(step['steps'], instance)
      when 'timeout' then @runtime.timeout(step['seconds']) { perform(step['steps'], instance) }
      when 'sleep' then sleep(step)
      when 'compute' then compute(step['until'])
      when 'wait' then wait(step, instance)
      when 'call' then call(step['depth'], step['via']) { perform(step['steps'], instance) }
      when 'touch' then touch(step['what'], instance)
      when 'get' then @variables[step['variable']]
      when 'set' then set(step, instance)
      when 'when' then perform(step['steps'], instance) if instance.locals[step['local']] == step['is']
      when 'synchronized' then synchronized(step, instance)
      when 'hold' then hold(step['lock']) { perform(step['steps'], instance) }
      when 'connect' then connect(step, instance)
      when 'query' then query(step, instance)
      when 'close' then @run.connections.take(instance.name, step['connection']).close
      when 'repeat' then step['times'].times { perform(step['steps'], instance) }
      when 'until' then repeat_until(step, instance)
      end
    end

    # What ends a green thread (its kill, its return) is no StandardError, and goes on.
    def attempt(steps, instance)
      perform(steps, instance)
      nil
    rescue StandardError => e
      Greenspec.code_of(e)
    end

    def call(depth, via, &body)
      if depth > 1 then call(depth - 1, via, &body)
      elsif via == 'callback' then [nil].sort_by { body.call.then { 0 } } # a C function, which calls this in its midst
      else body.call
      end
    end

    # A plain read and a plain write of a hash, which cannot switch.
    def set(step, instance)
      value = step.key?('from') ? instance.locals[step['from']] : step['value']
      value = sum(value, step['plus']) if step.key?('plus')
      @variables[step['variable']] = value
    end

    def sum(value, plus)
      return value + plus if value.is_a?(Numeric)

      raise StepError.new('not-a-number', "#{value.inspect} is no number that something can be added to")
    end

    def repeat_until(step, instance)
      flag = step['unless'] && flag_of(step['unless'])
      perform(step['steps'], instance) until @variables[step['variable']] == step['is'] || (flag && File.exist?(flag))
    end

    def connect(step, instance)
      raise StepError.new('no-database', 'the run has no database') unless @run.database

      connection = @runtime.drivers[step['driver']].open.call(@run.database)
      @run.connections.add(instance.name, step['connection'], connection)
    end

    def query(step, instance)
      comment = "/* greenspec #{@run.nonce} #{instance.name} #{@events.last} */ "
      @run.connections.find(instance.name, step['connection']).query(comment + step['sql'])
    end
  end
end
