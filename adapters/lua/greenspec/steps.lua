-- Runs steps, each with its events where it has a label.

local errors = require 'greenspec.errors'
local joining = require 'greenspec.joining'
local values = require 'greenspec.values'
local waiting = require 'greenspec.waiting'

local null = values.null

-- For each step, a function of the run, the step, and the instance that runs it.
local STEPS = {}
for _, some in ipairs { joining, waiting.steps } do
    for name, step in pairs(some) do STEPS[name] = step end
end

-- What a runtime's sleep, say, gives is no value.
local VALUED = { join = true, attempt = true, wait = true, touch = true, get = true, set = true, query = true }

local function done(run, step, self)
    local value = STEPS[step['do']](run, step, self)
    if value == nil or not VALUED[step['do']] then return null end
    return value
end

local function reported(run, step, self)
    local events, name, label = run.events, self.name, step.label
    self.reported = events:started(name, label)
    local fine, value = pcall(done, run, step, self)
    if fine then
        events:finished(name, label, value)
        return value
    end
    if errors.is_returned(value) then events:finished(name, label, null) else events:raised(name, label, value) end
    error(value, 0)
end

-- Runs a list of steps in an instance's green thread.
local function perform(run, steps, self)
    for _, step in ipairs(steps) do
        local value = (step.label and reported or done)(run, step, self)
        if step.into then self.locals[step.into] = value end
    end
end

STEPS['return'] = function(_, step) errors.finish(step.value) end

function STEPS.raise(_, step) errors.fail(step.error, step.error .. ', raised by the program') end

function STEPS.attempt(run, step, self)
    local fine, raised = pcall(perform, run, step.steps, self)
    if fine then return null end
    if errors.is_returned(raised) then error(raised, 0) end
    return errors.told(raised).code
end

local function call(depth, via, body)
    if depth > 1 then
        call(depth - 1, via, body)
    elseif via then
        -- Compares once, from the midst of a C function.
        table.sort({ 1, 2 }, function() body() return false end)
    else
        body()
    end
end

function STEPS.call(run, step, self)
    call(step.depth, step.via, function() perform(run, step.steps, self) end)
end

function STEPS.get(run, step) return run.variables[step.variable] end

-- A plain read and a plain write of a table, which cannot switch.
function STEPS.set(run, step, self)
    local value = step.value
    if step.from then value = self.locals[step.from] end
    if value == nil then value = null end
    if step.plus then
        if type(value) ~= 'number' then errors.fail('not-a-number', 'it is no number that something can be added to') end
        value = value + step.plus
    end
    run.variables[step.variable] = value
    return value
end

function STEPS.when(run, step, self)
    if values.same(self.locals[step['local']], step.is) then perform(run, step.steps, self) end
end

STEPS['repeat'] = function(run, step, self)
    for _ = 1, step.times do perform(run, step.steps, self) end
end

STEPS['until'] = function(run, step, self)
    local flag = step.unless
    while not values.same(run.variables[step.variable], step.is) and not (flag and waiting.is_up(run, flag)) do
        perform(run, step.steps, self)
    end
end

function STEPS.synchronized(run, step, self)
    run.runtime.synchronized(step.name, function()
        if step.label then run.events:entered(self.name, step.label) end
        perform(run, step.steps, self)
    end)
end

function STEPS.connect(run, step, self)
    local address = run.database or errors.fail('no-database', 'the run has no database')
    run.connections:add(self, step.connection, run.runtime.drivers[step.driver].open(address))
end

function STEPS.query(run, step, self)
    local comment = ('/* greenspec %s %s %d */ '):format(run.nonce, self.name, run.events.last)
    return run.connections:find(self, step.connection):query(comment .. step.sql)
end

function STEPS.close(run, step, self) run.connections:take(self, step.connection):close() end

return perform
