-- What an adapter states about its runtime: a table that has
--
--   name, version, hub, lock, drivers, components   as the answer to initialize has them; a driver has `open`, too
--   main(body)                     runs body in a green thread, and comes back when that has ended
--   input()                        the next bytes of standard input, or nil at its end: waits in a green thread
--   now()                          seconds on a clock that only goes forward
--   spawn(body)                    starts a green thread that calls body and ends with its result; gives what join takes
--   join(thread)                   waits for a green thread; gives what it returned, or raises what it raised
--   sleep([seconds])               the runtime's own sleep, called with one number or no argument
--   standard_sleep([seconds])      the standard library's
--   synchronized(name, body)       calls body inside the runtime's lock of that name
--   receive(host, port, line)      connects, sends a line, and gives the line that comes back, or nil or less if the connection ends before
--   log(path, line)                appends a line to a file as the runtime's users do
--
-- What it does not say how to do, the runtime does not have. All are called by green threads of the runtime, but for main.

local json = require 'greenspec.json'

local ALWAYS = {
    'return', 'raise', 'attempt', 'compute', 'call', 'call/callback', 'touch/file', 'get', 'set', 'when', 'repeat', 'until',
    'wait/raw-pipe', 'patch/off',
}
local BY_FUNCTION = {
    spawn = { 'spawn' },
    join = { 'join' },
    sleep = { 'sleep/library', 'sleep/negative' },
    standard_sleep = { 'sleep/standard' },
    synchronized = { 'synchronized' },
    receive = { 'wait/green' },
    log = { 'touch/log' },
}

local description = {}

-- What a runtime has, in the words of the protocol.
function description.capabilities(runtime)
    local words = table.move(ALWAYS, 1, #ALWAYS, 1, json.list {})
    for name, some in pairs(BY_FUNCTION) do
        if runtime[name] then table.move(some, 1, #some, #words + 1, words) end
    end
    for driver in pairs(runtime.drivers) do table.insert(words, 'connect/' .. driver) end
    if next(runtime.drivers) then table.move({ 'query', 'close' }, 1, 2, #words + 1, words) end
    table.sort(words)
    return words
end

-- A runtime as the answer to initialize has it.
function description.identity(runtime)
    local drivers = {}
    for name, driver in pairs(runtime.drivers) do
        drivers[name] = { name = driver.name, version = driver.version, library = driver.library }
    end
    return {
        name = runtime.name,
        version = runtime.version,
        language = { name = 'Lua', version = _VERSION:match '%d+%.%d+' },
        hub = runtime.hub,
        lock = { name = runtime.lock.name, version = runtime.lock.version, standIn = true },
        drivers = drivers,
        components = runtime.components,
    }
end

return description
