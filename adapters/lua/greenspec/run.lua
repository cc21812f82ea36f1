-- One run of a program: all its state. Nothing is left for the next run.

local Connections = require 'greenspec.connections'
local Events = require 'greenspec.events'
local errors = require 'greenspec.errors'
local perform = require 'greenspec.steps'
local values = require 'greenspec.values'

local Run = {}
Run.__index = Run

-- A green thread of the program: main, or NAME#1, NAME#2, …
local function instance_of(name) return { name = name, locals = values.holder(), reported = 0 } end

function Run.new(runtime, params, channel)
    return setmetatable({
        runtime = runtime,
        nonce = params.nonce,
        folder = params.folder,
        gates = params.gates,
        database = params.database,
        threads = params.program.threads,
        variables = values.holder(params.program.variables),
        events = Events.new(channel, params.run, runtime.now),
        connections = Connections.new(),
        instances = {},
        unfinished = 0,
    }, Run)
end

-- Runs the program; gives the result of the request.
function Run:execute()
    local fine, raised = pcall(perform, self, self.threads.main.steps, instance_of 'main')
    if not fine and not errors.is_returned(raised) then
        -- The step has reported it if it has a label; if not, only this line tells.
        io.stderr:write('main ended by ', errors.told(raised).message, '\n')
    end
    -- A connection that a green thread left behind may be using is not safe to close; its process will be replaced.
    if self.unfinished == 0 then self.connections:close_all() end
    return { events = self.events:close(), unfinished = self.unfinished }
end

-- A new instance of a green thread, unfinished until it has lived.
function Run:instance(thread)
    local instances = self.instances[thread] or {}
    local instance = instance_of(thread .. '#' .. #instances + 1)
    self.instances[thread] = instances
    instances[#instances + 1] = instance
    self.unfinished = self.unfinished + 1
    return instance
end

-- The life of an instance; gives what it returns.
function Run:live(thread, instance)
    local fine, raised = pcall(perform, self, self.threads[thread].steps, instance)
    self.unfinished = self.unfinished - 1
    if fine then return values.null end
    if errors.is_returned(raised) then return raised.value end
    error(errors.told(raised), 0)
end

return Run
