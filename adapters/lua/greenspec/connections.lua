-- The open connections of a run. A name means the one that this instance opened, else the last that any opened; closed ones are
-- forgotten.

local errors = require 'greenspec.errors'

local Connections = {}
Connections.__index = Connections

function Connections.new() return setmetatable({ open = {} }, Connections) end

function Connections:add(instance, name, connection)
    table.insert(self.open, { instance = instance, name = name, connection = connection })
end

local function place(self, instance, name)
    local any
    for index = #self.open, 1, -1 do
        local open = self.open[index]
        if open.name == name then
            if open.instance == instance then return index end
            any = any or index
        end
    end
    return any or errors.fail('no-connection', 'there is no open connection ' .. name)
end

function Connections:find(instance, name) return self.open[place(self, instance, name)].connection end

-- Finds a connection and forgets it: it is about to be closed.
function Connections:take(instance, name) return table.remove(self.open, place(self, instance, name)).connection end

-- Closes what the program left open. It may have been lost before, as some programs want it.
function Connections:close_all()
    for _, open in ipairs(self.open) do
        local fine, raised = pcall(open.connection.close, open.connection)
        if not fine then io.stderr:write('after the run: ', errors.told(raised).message, '\n') end
    end
end

return Connections
