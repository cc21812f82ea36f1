-- The line channel to the harness.

local errors = require 'greenspec.errors'
local json = require 'greenspec.json'

local MESSAGE_LIMIT = 1024 * 1024

local Channel = {}
Channel.__index = Channel

-- Lua has no dup, so descriptor 1 stays where it is: what is printed by Lua's own calls goes to standard error from here on.
local function take_output()
    local out = io.stdout
    io.output(io.stderr)
    io.stdout = io.stderr
    function print(...)
        local texts = table.pack(...)
        for index = 1, texts.n do texts[index] = tostring(texts[index]) end
        io.stderr:write(table.concat(texts, '\t'), '\n')
    end
    out:setvbuf('no')
    return out
end

-- `input` gives the next bytes of standard input, or nil at its end.
function Channel.new(input)
    return setmetatable({ out = take_output(), input = input, pending = '' }, Channel)
end

local function within_limit(bytes)
    if bytes > MESSAGE_LIMIT then errors.refuse(errors.NO_REQUEST, 'a line of more than ' .. MESSAGE_LIMIT .. ' bytes') end
end

-- The next line, or nil at the end of input. Refuses a line over the limit.
function Channel:line()
    local pieces, bytes = { self.pending }, #self.pending
    local stop = self.pending:find('\n', 1, true)
    while not stop do
        within_limit(bytes)
        local piece = self.input()
        if not piece then return nil end
        stop = piece:find('\n', 1, true)
        if stop then stop = stop + bytes end
        pieces[#pieces + 1], bytes = piece, bytes + #piece
    end
    within_limit(stop - 1)
    local all = table.concat(pieces)
    self.pending = all:sub(stop + 1)
    return all:sub(1, stop - 1)
end

function Channel:send(message)
    message.jsonrpc = '2.0'
    self:write(json.encode(message) .. '\n')
end

-- By the C library's call, which waits for a slow reader and lets no green thread run meanwhile. Ends the process if nobody reads any
-- more.
function Channel:write(line)
    if not self.out:write(line) then os.exit(1) end
end

return Channel
