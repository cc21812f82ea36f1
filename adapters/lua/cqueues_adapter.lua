-- Coroutines on cqueues: they switch where they wait by cqueues' own calls, on one OS thread.

local folder = arg[0]:match '^(.*/)' or './'
package.path = folder .. '?.lua;' .. package.path

local condition = require 'cqueues.condition'
local cqueues = require 'cqueues'
local errno = require 'cqueues.errno'
local errors = require 'greenspec.errors'
local greenspec = require 'greenspec'
local mysql = require 'greenspec.mysql'
local promise = require 'cqueues.promise'
local socket = require 'cqueues.socket'

local Cqueues = {
    name = 'lua-cqueues',
    version = tostring(cqueues.VERSION),
    hub = 'cqueues',
    lock = { name = 'cqueues.condition', version = tostring(cqueues.VERSION) },
    drivers = mysql.drivers(),
    components = {},
    now = cqueues.monotime,
    sleep = cqueues.sleep,
}

-- What a socket cannot do it tells by a number: it raises nothing.
socket.onerror(function(_, _, why) return why end)
-- Bytes as they are, and none kept back.
socket.setmode('bn', 'bn')

local loop = cqueues.new()

function Cqueues.main(body) assert(loop:wrap(body):loop()) end

local stdin

-- The adapter is a green thread among others while it waits for a request.
function Cqueues.input()
    stdin = stdin or assert(socket.fdopen(0))
    return (stdin:xread(-64 * 1024))
end

-- A promise keeps what its coroutine returned or raised. Without one an error would end the loop.
function Cqueues.spawn(body) return promise.new(body) end

function Cqueues.join(thread) return thread:get() end

local locks = {}

-- cqueues has no mutex. This is the usual one, of a condition variable.
function Cqueues.synchronized(name, body)
    local lock = locks[name] or { held = false, free = condition.new() }
    locks[name] = lock
    while lock.held do lock.free:wait() end
    lock.held = true
    local fine, raised = pcall(body)
    lock.held = false
    lock.free:signal(1)
    if not fine then error(raised, 0) end
end

function Cqueues.receive(host, port, line)
    local connection = socket.connect(host, port)
    local there, why = connection:connect()
    if not there then errors.fail(errno.strerror(why), ('%s:%d: %s'):format(host, port, errno.strerror(why))) end
    connection:xwrite(line)
    -- A gate is a wait: it goes through the loop also where the answer came while the line was sent, which a read alone would not do.
    cqueues.poll { pollfd = connection:pollfd(), events = 'r' }
    local answer = connection:xread '*L'
    connection:close()
    return answer
end

-- Lua has no logger: a program appends to a file, as LuaLogging does.
function Cqueues.log(path, line)
    local file = assert(io.open(path, 'a'))
    file:write(line, '\n')
    file:close()
end

greenspec.serve(Cqueues)
