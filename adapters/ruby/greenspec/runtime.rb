# frozen_string_literal: true

require 'socket'

module Greenspec
  # The lock behind synchronized. A stand-in is anything but OpenStack's lockutils.
  Lock = Struct.new(:name, :version, :stand_in, keyword_init: true)

  # A MySQL driver. `library` is part of the file name under which a C library is mapped into the process. `open` takes an address
  # (host, port, user, password, database) and gives a connection with `query`, whose rows are lists or nil, and `close`.
  Driver = Struct.new(:name, :version, :library, :open, keyword_init: true)

  # A concurrency runtime. A subclass says how it spawns, joins, sleeps, locks and connects; Greenspec.serve does the rest.
  #
  # One object lives as long as its process. `prepare` is called first, once. Every other method is called by green threads of the
  # runtime, `run` excepted. What a subclass does not say how to do, the runtime does not have.
  class Runtime
    # What `prepare` can be asked: whether the standard library waits by the runtime (true) or blocks (false).
    PATCHES = [false].freeze

    attr_reader :version, :hub, :lock, :drivers, :components, :lacks

    def initialize
      # MySQL drivers by the protocol's names; those that are not installed are left out.
      @drivers = {}
      # Further versions worth knowing, by name.
      @components = {}
      # Capabilities that this process lacks although the class has the method.
      @lacks = []
      @lock = Lock.new(name: 'none', stand_in: true)
    end

    # Loads the runtime, and sets version, hub, lock, drivers, components.
    # @param patch [Boolean] one of PATCHES
    # @param pool [Integer] the size that the runtime's pools are to have
    def prepare(patch, pool) = raise(NotImplementedError)

    # Whether the standard library waits by the runtime: looked at where a program would run, never remembered.
    def patched? = false

    # Runs a program's main to its end, in place or in an event loop.
    def run = yield

    # Starts a green thread that calls the body and ends with its result. Gives what join takes.
    def spawn = raise(NotImplementedError)

    # The same in the runtime's pool of tasks, which has as many places as prepare was told.
    def spawn_in_pool = raise(NotImplementedError)

    # Waits for a green thread; gives what it returned, or raises what it raised.
    def join(thread) = raise(NotImplementedError)

    # Ends a green thread by the runtime's own means, whatever it is doing. What it raises there is no StandardError.
    def kill(thread) = raise(NotImplementedError)

    # Calls the body. What is raised in it after so many seconds is no StandardError, and comes out as StepError with the code timed-out.
    def timeout(seconds) = raise(NotImplementedError)

    # The runtime's own sleep, called with these arguments: one number, or none.
    def sleep(*seconds) = raise(NotImplementedError)

    # The standard library's sleep.
    def standard_sleep(*seconds) = Kernel.sleep(*seconds)

    # Calls the body inside the runtime's lock of that name.
    def synchronized(name) = raise(NotImplementedError)

    # Connects, sends a line and gives the line that comes back; less than a line if the connection ends before. By the standard
    # library's sockets, which wait by the Fiber scheduler where there is one.
    def receive(host, port, line)
      socket = TCPSocket.new(host, port)
      socket.write(line)
      received = +''
      until received.end_with?("\n")
        await_readable(socket)
        received << socket.readpartial(4096)
      end
      received
    rescue EOFError
      received
    ensure
      socket&.close
    end

    # What a green thread does before it reads a socket, where the read itself does not wait by the runtime.
    def await_readable(socket); end

    ALWAYS = %w[return raise attempt compute call call/callback touch/file touch/log get set when repeat until sleep/standard wait/green
                wait/raw-pipe hold/log].freeze
    BY_METHOD = {
      spawn: %w[spawn], join: %w[join], kill: %w[kill], timeout: %w[timeout], spawn_in_pool: %w[spawn/pool],
      sleep: %w[sleep/library sleep/negative], synchronized: %w[synchronized]
    }.freeze

    # What the runtime has, in the words of the protocol: what its class says how to do, and what its process has to do it with.
    def capabilities
      words = ALWAYS + BY_METHOD.select { |method, _| method(method).owner != Runtime }.values.flatten
      words += self.class::PATCHES.map { |patch| patch ? 'patch/on' : 'patch/off' }
      words += ['query', 'close', *drivers.keys.map { |driver| "connect/#{driver}" }] unless drivers.empty?
      words << 'hold/early' if patched?
      (words - lacks).sort
    end

    # The runtime as the answer to initialize has it.
    def identity
      {
        name: self.class::NAME, version: version, language: { name: 'Ruby', version: RUBY_VERSION }, hub: hub,
        lock: { name: lock.name, version: lock.version, standIn: lock.stand_in }.compact,
        drivers: drivers.transform_values { |driver| driver.to_h.slice(:name, :version, :library).compact },
        components: components
      }.compact
    end
  end
end
