# frozen_string_literal: true

module Greenspec
  # An error with a code of its own: what a raise step raises, or a step that cannot be done.
  class StepError < StandardError
    attr_reader :code

    # @param code [String, Integer] as attempt gives it; a number is MySQL's
    def initialize(code, message)
      super(message)
      @code = code
    end
  end

  # The answer to a request that cannot be served.
  class Refusal < StandardError
    attr_reader :code

    def initialize(code, message)
      super(Values.text(message)[0, 1000])
      @code = code
    end
  end

  # The errors of docs/protocol.md, and JSON-RPC's own.
  NOT_JSON = -32_700
  NO_REQUEST = -32_600
  NO_METHOD = -32_601
  WRONG_PARAMS = -32_602
  WRONG_VERSION = -32_001
  CANNOT_PREPARE = -32_002
  RUN_FAILED = -32_003

  # The code of an error: a step's own, else the name of its class.
  def self.code_of(error)
    error.is_a?(StepError) ? error.code : error.class.to_s[0, 200]
  end
end
