-- LuaSQL's driver of MySQL, which is around a C library. It is no driver of the runtime where it is not installed.

local errors = require 'greenspec.errors'
local json = require 'greenspec.json'

local Connection = {}
Connection.__index = Connection

local environment

-- LuaSQL hands on MySQL's words, and not the number. Where no server can be asked for it, the words tell.
local BY_WORDS = {
    { '^Access denied for user .* to database', 1044 },
    { '^Access denied for user', 1045 },
    { '^Too many connections', 1040 },
    { '^Unknown database', 1049 },
    { "^Can't connect to ", 2003 },
    { 'erver has gone away', 2006 },
    { '^Lost connection to ', 2013 },
}

local function number_of(message)
    for _, known in ipairs(BY_WORDS) do
        if message:find(known[1]) then return known[2] end
    end
    return 'luasql'
end

-- The number of the last error of a connection.
local function asked(handle)
    local cursor = handle:execute 'SHOW ERRORS'
    if not cursor then return nil end
    local _, number = cursor:fetch()
    if number then cursor:close() end
    return tonumber(number)
end

local function fail(message, handle)
    message = message:gsub('^LuaSQL: .- MySQL: ', '')
    errors.fail(handle and asked(handle) or number_of(message), message)
end

local function open(address)
    local handle, message =
        environment:connect(address.database, address.user, address.password, address.host, math.tointeger(address.port))
    if not handle then fail(message) end
    local self = setmetatable({ handle = handle }, Connection)
    self:query 'SET NAMES utf8mb4'
    self:query 'SET autocommit = 1' -- a server may be configured otherwise
    return self
end

-- LuaSQL gives every column as text, and tells its type: number(17).
local function plain(text, type)
    if not text then return json.null end
    local number = type:find '^number' and tonumber(text)
    local rounded = number and math.abs(number) > json.EXACT and text:find '^-?%d+$'
    return number and not rounded and number or text
end

-- The rows, or null where there is no result set.
function Connection:query(sql)
    local cursor, message = self.handle:execute(sql)
    if not cursor then fail(message, self.handle) end
    if type(cursor) == 'number' then return json.null end
    local types, rows = cursor:getcoltypes(), json.list {}
    local cells = cursor:fetch {}
    while cells do
        local row = json.list {}
        for column, type in ipairs(types) do row[column] = plain(cells[column], type) end
        rows[#rows + 1] = row
        cells = cursor:fetch {} -- closes the cursor after the last
    end
    return rows
end

function Connection:close() self.handle:close() end

local mysql = {}

function mysql.drivers()
    local there, luasql = pcall(require, 'luasql.mysql')
    if not there then return {} end
    environment = luasql.mysql()
    local version = luasql._VERSION:match '%d[%d.]*'
    return { ['c-library'] = { name = 'LuaSQL', version = version, library = 'mysql.so', open = open } }
end

return mysql
