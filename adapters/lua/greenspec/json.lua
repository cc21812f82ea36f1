-- JSON. It tells an empty list from an empty object, and null from what is not there, as a program of the protocol needs it; in
-- Lua's tables alone both pairs are one. A list has a metatable of its own, null is a value, an object is a plain table.

local json = {}

-- Beyond this an integer is no longer exact for readers whose numbers are doubles.
json.EXACT = 1 << 53

json.null = setmetatable({}, { __name = 'null' })

local List = { __name = 'list' }

function json.list(items) return setmetatable(items, List) end

function json.is_list(value) return getmetatable(value) == List end

function json.is_object(value) return type(value) == 'table' and getmetatable(value) == nil end

-- Decoding. Each function takes the text and a place in it, and gives a value and the place after it.

local decode_value

local function wrong(at) error('it is no JSON at byte ' .. at, 0) end

local function skip(text, at) return text:find('[^ \t\r\n]', at) or #text + 1 end

local SHORT = { ['"'] = '"', ['\\'] = '\\', ['/'] = '/', b = '\b', f = '\f', n = '\n', r = '\r', t = '\t' }

local function decode_escape(text, at)
    local short = SHORT[text:sub(at, at)]
    if short then return short, at + 1 end
    local code = tonumber(text:match('^u(%x%x%x%x)', at) or wrong(at), 16)
    local low = code & 0xFC00 == 0xD800 and text:match('^\\u([dD][c-fC-F]%x%x)', at + 5)
    if low then return utf8.char(0x10000 + ((code & 0x3FF) << 10) + (tonumber(low, 16) & 0x3FF)), at + 11 end
    -- Half of a pair is no character.
    return utf8.char(code & 0xF800 == 0xD800 and 0xFFFD or code), at + 5
end

local function decode_string(text, at)
    local parts = {}
    at = at + 1
    while true do
        local stop = text:find('[%z\1-\31"\\]', at) or wrong(#text + 1)
        local found = text:sub(stop, stop)
        parts[#parts + 1] = text:sub(at, stop - 1)
        if found == '"' then return table.concat(parts), stop + 1 end
        if found ~= '\\' then wrong(stop) end
        parts[#parts + 1], at = decode_escape(text, stop + 1)
    end
end

local function decode_number(text, at)
    local whole = text:match('^%-?%d+', at) or wrong(at)
    if whole:find('^%-?0%d') then wrong(at) end
    local part = text:match('^%.%d+', at + #whole) or ''
    local power = text:match('^[eE][+-]?%d+', at + #whole + #part) or ''
    local number = tonumber(whole .. part .. power)
    -- Sums of doubles are not cut off, as those of Lua's integers are.
    if math.type(number) == 'integer' and (number > json.EXACT or number < -json.EXACT) then number = number + 0.0 end
    return number, at + #whole + #part + #power
end

-- What stands between brackets, by commas: `one` decodes one of it.
local function decode_sequence(text, at, closing, one)
    at = skip(text, at + 1)
    if text:sub(at, at) == closing then return at + 1 end
    while true do
        at = skip(text, one(at))
        local found = text:sub(at, at)
        if found == closing then return at + 1 end
        if found ~= ',' then wrong(at) end
        at = skip(text, at + 1)
    end
end

local function decode_list(text, at)
    local list = json.list {}
    at = decode_sequence(text, at, ']', function(from)
        list[#list + 1], from = decode_value(text, from)
        return from
    end)
    return list, at
end

local function decode_object(text, at)
    local object = {}
    at = decode_sequence(text, at, '}', function(from)
        if text:sub(from, from) ~= '"' then wrong(from) end
        local name
        name, from = decode_string(text, from)
        from = skip(text, from)
        if text:sub(from, from) ~= ':' then wrong(from) end
        object[name], from = decode_value(text, skip(text, from + 1))
        return from
    end)
    return object, at
end

local WORDS = { ['true'] = true, ['false'] = false, null = json.null }

local function decode_word(text, at)
    local word = text:match('^%a+', at)
    if WORDS[word or ''] == nil then wrong(at) end
    return WORDS[word], at + #word
end

local BY_FIRST = { ['"'] = decode_string, ['['] = decode_list, ['{'] = decode_object, t = decode_word, f = decode_word, n = decode_word }

function decode_value(text, at) return (BY_FIRST[text:sub(at, at)] or decode_number)(text, at) end

-- Raises a text that says what is wrong, if the text is no JSON in UTF-8.
function json.decode(text)
    if not utf8.len(text) then error('it is not UTF-8', 0) end
    local value, at = decode_value(text, skip(text, 1))
    if skip(text, at) <= #text then wrong(at) end
    return value
end

-- Encoding.

local function escape(char) return ('\\u%04x'):format(char:byte()) end

local function encode_string(text)
    if not utf8.len(text) then text = text:gsub('[\x80-\xFF]', '\u{FFFD}') end
    return '"' .. text:gsub('[%z\1-\31"\\\x7F]', escape) .. '"'
end

local function encode_number(number)
    if number ~= number or number == math.huge or number == -math.huge then return '"' .. number .. '"' end
    local whole = math.tointeger(number)
    if whole then return ('%d'):format(whole) end
    local short = ('%.15g'):format(number)
    return tonumber(short) == number and short or ('%.17g'):format(number)
end

local function encode_list(list)
    local items = {}
    for index, item in ipairs(list) do items[index] = json.encode(item) end
    return '[' .. table.concat(items, ',') .. ']'
end

local function encode_object(object)
    local fields = {}
    for name, value in pairs(object) do fields[#fields + 1] = encode_string(name) .. ':' .. json.encode(value) end
    table.sort(fields)
    return '{' .. table.concat(fields, ',') .. '}'
end

local BY_TYPE = { string = encode_string, number = encode_number, boolean = tostring }

-- JSON on one line. What JSON cannot say, an infinity, is a string.
function json.encode(value)
    if value == nil or value == json.null then return 'null' end
    local encode = BY_TYPE[type(value)] or (json.is_list(value) and encode_list or encode_object)
    return encode(value)
end

return json
