# frozen_string_literal: true

module Greenspec
  # The parameters of run, held against the protocol before anything is done with them.
  module Program
    # Ruby's own stack is not deep; steps beyond this would meet its end somewhere in the middle of a run.
    NESTING_LIMIT = 100

    # What a field of an object must be.
    Field = Struct.new(:means, :required, :fits) do
      def optional = Field.new(means, false, fits)
    end

    def self.field(means, &fits) = Field.new(means, true, fits)

    def self.integer(least, most)
      field("an integer from #{least} to #{most}") { |given| given.is_a?(Integer) && given.between?(least, most) }
    end

    def self.number(means, least, most)
      field(means) { |given| given.is_a?(Numeric) && given.between?(least, most) }
    end

    def self.one_of(*words) = field(words.join(' or ')) { |given| words.include?(given) }

    def self.matches(means, pattern) = field(means) { |given| given.is_a?(String) && pattern.match?(given) }

    def self.value?(given)
      given.is_a?(Array) ? given.all? { |item| value?(item) } : !given.is_a?(Hash)
    end

    NAME = matches('a name: a letter, then at most 39 letters, digits, or _ . -', /\A[A-Za-z][A-Za-z0-9_.-]{0,39}\z/)
    VALUE = field('a string, a number, true, false, null, or a list of these') { |given| value?(given) }
    NUMBER = field('a number') { |given| given.is_a?(Numeric) }
    # Less than 0 is for a profile to ask what it does.
    SLEEP = number('a number from -60 to 60', -60, 60)
    COUNT = integer(1, 100_000)
    SQL = field('a statement of 1 to 10000 characters') { |given| given.is_a?(String) && given.size.between?(1, 10_000) }
    TEXT = field('a string') { |given| given.is_a?(String) }
    LIST = field('a list of steps') { |given| given.is_a?(Array) }
    OBJECT = field('an object') { |given| given.is_a?(Hash) }
    PORT = integer(1, 65_535)

    EVERY_STEP = { 'do' => TEXT, 'label' => NAME.optional }.freeze
    STEPS = {
      'spawn' => { 'thread' => NAME, 'count' => COUNT.optional, 'through' => one_of('pool').optional },
      'join' => { 'thread' => NAME, 'into' => NAME.optional },
      'kill' => { 'thread' => NAME },
      'return' => { 'value' => VALUE },
      'raise' => { 'error' => NAME },
      'attempt' => { 'into' => NAME.optional, 'steps' => LIST },
      'timeout' => { 'seconds' => number('a number from 0 to 60', 0, 60), 'steps' => LIST },
      'sleep' => { 'seconds' => SLEEP.optional, 'through' => one_of('library', 'standard') },
      'compute' => { 'until' => NAME },
      'wait' => { 'label' => NAME, 'gate' => NAME, 'through' => one_of('green', 'raw-pipe'), 'into' => NAME.optional },
      'call' => { 'depth' => integer(1, 100), 'via' => one_of('callback').optional, 'steps' => LIST },
      'touch' => { 'what' => one_of('file', 'log') },
      'get' => { 'variable' => NAME, 'into' => NAME.optional },
      'set' => { 'variable' => NAME, 'value' => VALUE.optional, 'from' => NAME.optional, 'plus' => NUMBER.optional },
      'when' => { 'local' => NAME, 'is' => VALUE, 'steps' => LIST },
      'synchronized' => { 'name' => NAME, 'steps' => LIST },
      'hold' => { 'lock' => one_of('early', 'log'), 'steps' => LIST },
      'connect' => { 'connection' => NAME, 'driver' => one_of('c-library', 'native', 'thread-pool', 'connection-pool') },
      'query' => { 'connection' => NAME, 'sql' => SQL, 'into' => NAME.optional },
      'close' => { 'connection' => NAME },
      'repeat' => { 'times' => integer(1, 1_000_000), 'steps' => LIST },
      'until' => { 'variable' => NAME, 'is' => VALUE, 'unless' => NAME.optional, 'steps' => LIST }
    }.transform_values { |fields| EVERY_STEP.merge(fields) }.freeze

    RUN = {
      'run' => NAME, 'nonce' => matches('16 hexadecimal digits', /\A[0-9a-f]{16}\z/), 'program' => OBJECT, 'gates' => OBJECT,
      'folder' => TEXT, 'database' => OBJECT.optional
    }.freeze
    GATES = { 'host' => TEXT, 'port' => PORT }.freeze
    DATABASE = { 'host' => TEXT, 'port' => PORT, 'user' => TEXT, 'password' => TEXT, 'database' => TEXT }.freeze
    PROGRAM = { 'threads' => OBJECT, 'variables' => OBJECT.optional }.freeze
    THREAD = { 'steps' => LIST, 'count' => COUNT.optional }.freeze

    # Raises Refusal with the place and the reason if this is no run that an adapter with these capabilities can do.
    def self.check_run(params, capabilities)
      check_fields('params', params, RUN)
      check_fields('gates', params['gates'], GATES)
      check_fields('database', params['database'], DATABASE) if params.key?('database')
      check_program(params['program'], capabilities)
    end

    # The word that a step takes: sleep/library, connect/native, repeat.
    def self.capability_of(step)
      return 'sleep/negative' if step['do'] == 'sleep' && step.fetch('seconds', 0).negative?

      [step['do'], *step.values_at('through', 'driver', 'what', 'via', 'lock').compact].join('/')
    end

    def self.check_program(program, capabilities)
      check_fields('program', program, PROGRAM)
      program.fetch('variables', {}).each do |name, value|
        check("variables.#{name}", name, NAME)
        check("variables.#{name}", value, VALUE)
      end
      threads = program['threads']
      refuse('threads', 'a program needs a green thread named main') unless threads.key?('main')
      threads.each do |name, thread|
        check("threads.#{name}", name, NAME)
        check_fields("threads.#{name}", thread, THREAD)
        check_steps("threads.#{name}.steps", thread['steps'], threads, capabilities)
      end
    end

    def self.check_steps(at, steps, threads, capabilities, depth = 1)
      refuse('program', "steps nested more than #{NESTING_LIMIT} deep") if depth > NESTING_LIMIT
      steps.each_with_index do |step, index|
        check_step("#{at}[#{index}]", step, threads, capabilities)
        check_steps("#{at}[#{index}].steps", step['steps'], threads, capabilities, depth + 1) if step.key?('steps')
      end
    end

    def self.check_step(at, step, threads, capabilities)
      check(at, step, OBJECT)
      fields = STEPS[step['do']] or refuse(at, "unknown step #{step['do'].inspect}")
      check_fields(at, step, fields)
      thread = step['thread']
      refuse(at, "there is no green thread #{thread} in the program") if thread && !threads.key?(thread)
      word = capability_of(step)
      refuse(at, "this runtime has no #{word}") unless capabilities.include?(word)
    end

    def self.check_fields(at, given, fields)
      check(at, given, OBJECT)
      fields.each do |name, field|
        if given.key?(name) then check("#{at}.#{name}", given[name], field)
        elsif field.required then refuse(at, "#{name} is missing")
        end
      end
      unknown = (given.keys - fields.keys).first
      refuse(at, "unknown field #{unknown.inspect}") if unknown
    end

    def self.check(at, given, field)
      refuse(at, "expected #{field.means}") unless field.fits.call(given)
    end

    def self.refuse(at, reason) = raise(Refusal.new(WRONG_PARAMS, "#{at}: #{reason}"))

    private_class_method :check_program, :check_steps, :check_step, :check_fields, :check, :refuse
  end
end
