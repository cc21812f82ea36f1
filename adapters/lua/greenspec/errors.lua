-- What is raised, each kind known by its metatable.

local errors = {
    -- The errors of docs/protocol.md, and JSON-RPC's own.
    NOT_JSON = -32700,
    NO_REQUEST = -32600,
    NO_METHOD = -32601,
    WRONG_PARAMS = -32602,
    WRONG_VERSION = -32001,
    CANNOT_PREPARE = -32002,
    RUN_FAILED = -32003,
}

local StepError = { __name = 'greenspec.StepError' }
local Refusal = { __name = 'greenspec.Refusal' }
local Returned = { __name = 'greenspec.Returned' }

-- An error of a program's own making: what a raise step raises, and what a step does that cannot be done. The code is as attempt
-- gives it; a number is MySQL's.
function errors.fail(code, message) error(setmetatable({ code = code, message = message }, StepError)) end

-- The answer to a request that cannot be served.
function errors.refuse(code, message) error(setmetatable({ code = code, message = message:sub(1, 1000) }, Refusal)) end

-- Ends a green thread with a value: no attempt holds it up.
function errors.finish(value) error(setmetatable({ value = value }, Returned)) end

function errors.is_refusal(raised) return getmetatable(raised) == Refusal end

function errors.is_returned(raised) return getmetatable(raised) == Returned end

-- What was raised, as code and message. Lua's own errors, and most libraries', are texts that begin with where they were raised.
function errors.told(raised)
    if type(raised) == 'table' and raised.code then return raised end
    return { code = 'error', message = (tostring(raised):gsub('^[^\n]-:%d+: ', '')) }
end

return errors
