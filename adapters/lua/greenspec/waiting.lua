-- sleep, compute, wait, touch: the steps that are about switching, or about not switching.

local errors = require 'greenspec.errors'

-- Rounds of arithmetic between two looks at a flag: some tenths of a millisecond.
local ROUNDS = 20000

local waiting = { steps = {} }
local steps = waiting.steps

-- Whether the harness has made the file that raises a flag.
function waiting.is_up(run, flag)
    local file = io.open(run.folder .. '/flag-' .. flag)
    if file then file:close() end
    return file ~= nil
end

function steps.sleep(run, step)
    local sleep = step.through == 'library' and run.runtime.sleep or run.runtime.standard_sleep
    if step.seconds then sleep(step.seconds) else sleep() end
end

function steps.compute(run, step)
    local number = 1
    while not waiting.is_up(run, step['until']) do
        for _ = 1, ROUNDS do number = number * 31 % 65537 end
    end
end

-- Opens a file by Lua's own call, which blocks the OS thread.
local function open(path)
    local file, message, number = io.open(path)
    if not file then errors.fail('errno ' .. number, message) end
    return file
end

local function read(path, format)
    local file = open(path)
    local text = file:read(format)
    file:close()
    return text
end

function steps.wait(run, step, self)
    local line
    if step.through == 'green' then
        local hello = ('%s %s %s %d\n'):format(run.nonce, step.gate, self.name, self.reported)
        line = run.runtime.receive(run.gates.host, run.gates.port, hello)
    else
        line = read(run.folder .. '/pipe-' .. step.gate, 'L')
    end
    local token = line and line:match('^(.*)\n$')
    return token or errors.fail('gate-lost', 'gate ' .. step.gate .. ' was lost before the token came')
end

function steps.touch(run, step, self)
    if step.what == 'log' then return run.runtime.log(run.folder .. '/log.txt', run.nonce .. ' ' .. self.name) end
    return read(run.folder .. '/readable.txt', 'a')
end

return waiting
