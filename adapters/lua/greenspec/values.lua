-- Values of a program: JSON without objects. What a driver or a library gives is made one of these here.

local json = require 'greenspec.json'

local values = { null = json.null }

-- Equality as JSON has it, which knows 1 from "1", and takes 1 and 1.0 for the same.
function values.same(one, other) return json.encode(one) == json.encode(other) end

-- A table in which what was never set holds null.
function values.holder(given)
    local held = setmetatable({}, { __index = function() return json.null end })
    for name, value in pairs(given or {}) do held[name] = value end
    return held
end

-- So many bytes of a text at most, and no part of a character.
local function cut(text, bytes)
    while bytes > 0 and (text:byte(bytes + 1) or 0) & 0xC0 == 0x80 do bytes = bytes - 1 end
    return text:sub(1, bytes)
end

-- The JSON of a value in at most so many bytes: of one that needs more, the beginning of its text, ended by an ellipsis.
function values.fit(value, room)
    local short = json.encode(value)
    local text = type(value) == 'string' and value or short
    local keep = room
    while #short > room do
        short = json.encode(cut(text, keep) .. '…')
        keep = keep * room // #short
    end
    return short
end

return values
