-- The events of one run: each numbered and written before its step goes on, and never kept back. Nothing here can switch: Lua's own
-- calls do not, and there is one Lua state to an OS thread.

local errors = require 'greenspec.errors'
local json = require 'greenspec.json'
local values = require 'greenspec.values'

-- What an event may take, and what a message may take of it.
local LIMIT = 4096
local MESSAGE_ROOM = 2000

local Events = {}
Events.__index = Events

-- `now` gives seconds on a clock that only goes forward.
function Events.new(channel, run, now)
    local head = '{"jsonrpc":"2.0","method":"event","params":{"run":"' .. run .. '","n":'
    return setmetatable({ channel = channel, head = head, now = now, last = 0, closed = false }, Events)
end

-- As the kernel knows the OS thread that asks; 0 where there is no procfs, since Lua has no other way to ask.
local function os_thread()
    local stat = io.open '/proc/thread-self/stat'
    if not stat then return 0 end
    local id = stat:read 'n'
    stat:close()
    return id
end

-- By hand, since names need no escapes. `detail` is given the room that is left, and gives what else there is to tell.
local function report(self, thread, label, phase, detail)
    if self.closed then return self.last end
    self.last = self.last + 1
    local event = ('%s%d,"thread":"%s","os":%d,"at":%.3f,"label":"%s","phase":"%s"'):format(
        self.head, self.last, thread, os_thread(), self.now() * 1000, label, phase)
    if detail then event = event .. detail(LIMIT - #event - 20) end
    self.channel:write(event .. '}}\n')
    return self.last
end

-- Each gives the event's number.
function Events:started(thread, label) return report(self, thread, label, 'started') end

function Events:entered(thread, label) return report(self, thread, label, 'entered') end

function Events:finished(thread, label, value)
    return report(self, thread, label, 'finished', function(room) return ',"value":' .. values.fit(value, room) end)
end

function Events:raised(thread, label, raised)
    local told = errors.told(raised)
    local error = ',"error":{"code":%s,"message":%s}'
    return report(self, thread, label, 'raised', function()
        return error:format(json.encode(tostring(told.code)), values.fit(told.message, MESSAGE_ROOM))
    end)
end

-- Ends the run and gives the last number. What green threads that were left behind still do is no event of it.
function Events:close()
    self.closed = true
    return self.last
end

return Events
