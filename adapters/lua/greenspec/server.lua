-- Answers the harness's requests.

local Run = require 'greenspec.run'
local description = require 'greenspec.runtime'
local errors = require 'greenspec.errors'
local json = require 'greenspec.json'
local program = require 'greenspec.program'

local PROTOCOL = 1

local Server = {}
Server.__index = Server

function Server.new(runtime, channel) return setmetatable({ runtime = runtime, channel = channel, done = false }, Server) end

local function parsed(line)
    local fine, given = pcall(json.decode, line)
    if not fine then errors.refuse(errors.NOT_JSON, 'a line that is no JSON: ' .. errors.told(given).message) end
    local is_request = json.is_object(given) and given.jsonrpc == '2.0' and program.is_integer(given.id) and
        type(given.method) == 'string'
    if is_request then return given end
    errors.refuse(errors.NO_REQUEST, 'a request has jsonrpc "2.0", an integer id, and a method')
end

-- Shows what was raised with its place on standard error; the harness gets one line.
local function logged(raised)
    io.stderr:write(debug.traceback(tostring(raised), 2), '\n')
    return errors.told(raised).message
end

local methods = {}

function methods.initialize(self, params)
    if self.capabilities then errors.refuse(errors.NO_REQUEST, 'initialize comes once') end
    local fits = json.is_object(params) and program.is_integer(params.protocol) and type(params.patch) == 'boolean' and
        program.is_integer(params.pool, 1, 1000)
    if not fits then
        errors.refuse(errors.WRONG_PARAMS, 'initialize needs protocol, an integer; patch, true or false; pool, from 1 to 1000')
    end
    if params.protocol < PROTOCOL then
        errors.refuse(errors.WRONG_VERSION, 'this adapter speaks version ' .. PROTOCOL .. ' of the protocol')
    end
    -- Lua's standard library has no sleep and no socket that could be replaced.
    if params.patch then errors.refuse(errors.CANNOT_PREPARE, self.runtime.name .. ' has no patch/on') end
    local capabilities = description.capabilities(self.runtime)
    self.capabilities = {}
    for _, word in ipairs(capabilities) do self.capabilities[word] = true end
    local identity = description.identity(self.runtime)
    return { protocol = PROTOCOL, runtime = identity, patched = false, capabilities = capabilities }
end

function methods.run(self, params)
    if not self.capabilities then errors.refuse(errors.NO_REQUEST, 'initialize comes first') end
    program.check_run(params, self.capabilities)
    local run = Run.new(self.runtime, params, self.channel)
    local fine, result = xpcall(run.execute, logged, run)
    if fine then return result end
    errors.refuse(errors.RUN_FAILED, 'the run failed: ' .. result)
end

function methods.shutdown(self)
    self.done = true
    return {}
end

-- The message that answers a line; without an id, what could not be made out.
function Server:answer(line)
    local id = json.null
    local fine, result = pcall(function()
        local request = parsed(line)
        id = request.id
        local method = methods[request.method]
        if not method then errors.refuse(errors.NO_METHOD, 'there is no method ' .. request.method) end
        return method(self, request.params)
    end)
    if fine then return { id = id, result = result } end
    if not errors.is_refusal(result) then error(result, 0) end
    return { id = id, error = { code = result.code, message = result.message } }
end

return Server
