# frozen_string_literal: true

require_relative 'channel'
require_relative 'program'
require_relative 'run'

module Greenspec
  PROTOCOL = 1

  # Serves a runtime over standard input and output. Never returns: the process ends with its input, or by shutdown.
  def self.serve(runtime_class)
    channel = Channel.new
    server = Server.new(runtime_class, channel)
    channel.each_line do |line|
      channel.send(server.answer(line))
      break if server.done
    end
    exit!(0) # at once: what was left behind must not hold the process back
  rescue Refusal => e # of the channel itself: there is no next line to be had
    channel.send(id: nil, error: { code: e.code, message: e.message })
    exit!(1)
  end

  # Answers the harness's requests.
  class Server
    attr_reader :done

    def initialize(runtime_class, channel)
      @runtime_class = runtime_class
      @channel = channel
    end

    # The message that answers a line; without an id, what could not be made out.
    def answer(line)
      id = nil
      request = parse(line)
      id = request['id']
      { id: id, result: serve(request['method'], request['params']) }
    rescue Refusal => e
      { id: id, error: { code: e.code, message: e.message } }
    end

    private

    def parse(line)
      text = line.dup.force_encoding(Encoding::UTF_8)
      raise Refusal.new(NOT_JSON, 'the line is not UTF-8') unless text.valid_encoding?

      request = Values.decode(text)
      return request if request?(request)

      raise Refusal.new(NO_REQUEST, 'a request has jsonrpc "2.0", an integer id, and a method')
    rescue JSON::ParserError => e
      raise Refusal.new(NOT_JSON, "a line that is no JSON: #{e.message}")
    end

    def request?(given)
      given.is_a?(Hash) && given['jsonrpc'] == '2.0' && given['id'].is_a?(Integer) && given['method'].is_a?(String)
    end

    def serve(method, params)
      case method
      when 'initialize' then start(params)
      when 'run' then run(params)
      when 'shutdown' then {}.tap { @done = true }
      else raise Refusal.new(NO_METHOD, "there is no method #{method}")
      end
    end

    def start(params)
      raise Refusal.new(NO_REQUEST, 'initialize comes once') if @runtime
      unless params.is_a?(Hash) && params['protocol'].is_a?(Integer) && [true, false].include?(params['patch']) &&
             params['pool'].is_a?(Integer) && params['pool'].between?(1, 1000)
        raise Refusal.new(WRONG_PARAMS, 'initialize needs protocol, an integer; patch, true or false; pool, from 1 to 1000')
      end
      if params['protocol'] < PROTOCOL
        raise Refusal.new(WRONG_VERSION, "this adapter speaks version #{PROTOCOL} of the protocol")
      end

      @runtime = prepared(params['patch'], params['pool'])
      @capabilities = @runtime.capabilities
      { protocol: PROTOCOL, runtime: @runtime.identity, patched: @runtime.patched?, capabilities: @capabilities }
    end

    def prepared(patch, pool)
      unless @runtime_class::PATCHES.include?(patch)
        raise Refusal.new(CANNOT_PREPARE, "#{@runtime_class::NAME} has no patch/#{patch ? 'on' : 'off'}")
      end

      @runtime_class.new.tap { |runtime| runtime.prepare(patch, pool) }
    rescue LoadError, StandardError => e
      raise if e.is_a?(Refusal)

      raise logged(e, Refusal.new(CANNOT_PREPARE, "#{@runtime_class::NAME}: #{e.class}: #{e.message}"))
    end

    def run(params)
      raise Refusal.new(NO_REQUEST, 'initialize comes first') unless @runtime

      Program.check_run(params, @capabilities)
      begin
        Run.new(@runtime, params, @channel.out).execute
      rescue StandardError => e
        raise logged(e, Refusal.new(RUN_FAILED, "the run failed: #{e.class}: #{e.message}"))
      end
    end

    # Shows the error at hand with its place on standard error; the harness gets one line.
    def logged(error, refusal)
      warn error.full_message(highlight: false)
      refusal
    end
  end
end
