# frozen_string_literal: true

# Connects a Ruby concurrency runtime to greenspec: subclass Greenspec::Runtime, then call Greenspec.serve with the class.
# docs/protocol.md is the contract; everything in it but the runtime's own primitives is done here.
module Greenspec
end

require_relative 'greenspec/errors'
require_relative 'greenspec/native'
require_relative 'greenspec/values'
require_relative 'greenspec/runtime'
require_relative 'greenspec/serve'
