-- Connects a Lua concurrency runtime to greenspec: call serve with what greenspec/runtime.lua asks for. docs/protocol.md is the
-- contract; everything in it but the runtime's own primitives is done here.

local Channel = require 'greenspec.channel'
local Server = require 'greenspec.server'
local errors = require 'greenspec.errors'
local json = require 'greenspec.json'

local greenspec = {}

-- Serves a runtime over standard input and output. Never returns: the process ends with its input, or by shutdown.
function greenspec.serve(runtime)
    local channel = Channel.new(runtime.input)
    local server = Server.new(runtime, channel)
    runtime.main(function()
        local over, raised = pcall(function()
            for line in channel.line, channel do
                channel:send(server:answer(line))
                if server.done then break end
            end
        end)
        -- At once: what was left behind must not hold the process back.
        if over then os.exit(0) end
        -- Of the channel itself: there is no next line to be had.
        if not errors.is_refusal(raised) then error(raised, 0) end
        channel:send { id = json.null, error = { code = raised.code, message = raised.message } }
        os.exit(1)
    end)
end

return greenspec
