-- The parameters of run, held against the protocol before anything is done with them.

local errors = require 'greenspec.errors'
local json = require 'greenspec.json'

local program = {}

-- Lua runs some 195 protected calls inside one another, and a step with steps inside takes two of them at most.
local NESTING_LIMIT = 80

function program.is_integer(given, least, most)
    return type(given) == 'number' and math.tointeger(given) ~= nil and
        given >= (least or -json.EXACT) and given <= (most or json.EXACT)
end

local function is_value(given)
    if json.is_object(given) then return false end
    if json.is_list(given) then
        for _, item in ipairs(given) do
            if not is_value(item) then return false end
        end
    end
    return true
end

-- What a field of an object must be: what that means, and whether a value fits.
local function field(means, fits) return { means = means, fits = fits } end

local function optional(known) return { means = known.means, fits = known.fits, optional = true } end

local function integer(least, most)
    return field(('an integer from %d to %d'):format(least, most), function(given)
        return program.is_integer(given, least, most)
    end)
end

local function matching(means, pattern, longest)
    return field(means, function(given)
        return type(given) == 'string' and #given <= longest and given:find(pattern) ~= nil
    end)
end

local function one_of(...)
    local words = { ... }
    return field(table.concat(words, ' or '), function(given)
        for _, word in ipairs(words) do
            if given == word then return true end
        end
        return false
    end)
end

local function typed(means, name)
    return field(means, function(given) return type(given) == name end)
end

local NAME = matching('a name: a letter, then at most 39 letters, digits, or _ . -', '^%a[%w_.%-]*$', 40)
local VALUE = field('a string, a number, true, false, null, or a list of these', is_value)
local NUMBER = typed('a number', 'number')
local TEXT = typed('a string', 'string')
local LIST = field('a list of steps', json.is_list)
local OBJECT = field('an object', json.is_object)
local COUNT = integer(1, 100000)
local PORT = integer(1, 65535)
local SQL = field('a statement of 1 to 10000 characters', function(given)
    return type(given) == 'string' and given ~= '' and utf8.len(given) <= 10000
end)
-- Less than 0 is for a profile to ask what it does.
local SLEEP = field('a number from -60 to 60', function(given)
    return type(given) == 'number' and given >= -60 and given <= 60
end)

-- The fields of each step beside do and label, which all have.
local STEPS = {
    spawn = { thread = NAME, count = optional(COUNT) },
    join = { thread = NAME, into = optional(NAME) },
    ['return'] = { value = VALUE },
    raise = { error = NAME },
    attempt = { into = optional(NAME), steps = LIST },
    sleep = { seconds = optional(SLEEP), through = one_of('library', 'standard') },
    compute = { ['until'] = NAME },
    wait = { label = NAME, gate = NAME, through = one_of('green', 'raw-pipe'), into = optional(NAME) },
    call = { depth = integer(1, 100), via = optional(one_of 'callback'), steps = LIST },
    touch = { what = one_of('file', 'log') },
    get = { variable = NAME, into = optional(NAME) },
    set = { variable = NAME, value = optional(VALUE), from = optional(NAME), plus = optional(NUMBER) },
    when = { ['local'] = NAME, is = VALUE, steps = LIST },
    synchronized = { name = NAME, steps = LIST },
    connect = { connection = NAME, driver = one_of('c-library', 'native', 'thread-pool', 'connection-pool') },
    query = { connection = NAME, sql = SQL, into = optional(NAME) },
    close = { connection = NAME },
    ['repeat'] = { times = integer(1, 1000000), steps = LIST },
    ['until'] = { variable = NAME, is = VALUE, unless = optional(NAME), steps = LIST },
}
for _, fields in pairs(STEPS) do
    fields['do'] = TEXT
    fields.label = fields.label or optional(NAME)
end

local RUN = {
    run = NAME,
    nonce = matching('16 hexadecimal digits', '^' .. ('[0-9a-f]'):rep(16) .. '$', 16),
    program = OBJECT,
    gates = OBJECT,
    folder = TEXT,
    database = optional(OBJECT),
}
local GATES = { host = TEXT, port = PORT }
local DATABASE = { host = TEXT, port = PORT, user = TEXT, password = TEXT, database = TEXT }
local PROGRAM = { threads = OBJECT, variables = optional(OBJECT) }
local THREAD = { steps = LIST, count = optional(COUNT) }

local function refuse(at, reason) errors.refuse(errors.WRONG_PARAMS, at .. ': ' .. reason) end

local function check(at, given, known)
    if not known.fits(given) then refuse(at, 'expected ' .. known.means) end
end

local function check_fields(at, given, fields)
    check(at, given, OBJECT)
    for name, known in pairs(fields) do
        if given[name] ~= nil then
            check(at .. '.' .. name, given[name], known)
        elseif not known.optional then
            refuse(at, name .. ' is missing')
        end
    end
    for name in pairs(given) do
        if not fields[name] then refuse(at, 'unknown field ' .. name) end
    end
end

-- The word that a step takes: sleep/library, connect/c-library, repeat.
local function capability_of(step)
    if step['do'] == 'sleep' and (step.seconds or 0) < 0 then return 'sleep/negative' end
    local way = step.through or step.driver or step.what or step.via
    return way and step['do'] .. '/' .. way or step['do']
end

local function check_step(at, step, threads, capabilities)
    check(at, step, OBJECT)
    local fields = STEPS[step['do']]
    if not fields then refuse(at, 'unknown step ' .. json.encode(step['do'])) end
    check_fields(at, step, fields)
    if step.thread and not threads[step.thread] then refuse(at, 'there is no green thread ' .. step.thread .. ' in the program') end
    local word = capability_of(step)
    if not capabilities[word] then refuse(at, 'this runtime has no ' .. word) end
end

local function check_steps(at, steps, threads, capabilities, depth)
    if depth > NESTING_LIMIT then refuse('program', 'steps nested more than ' .. NESTING_LIMIT .. ' deep') end
    for index, step in ipairs(steps) do
        local place = ('%s[%d]'):format(at, index - 1)
        check_step(place, step, threads, capabilities)
        if step.steps then check_steps(place .. '.steps', step.steps, threads, capabilities, depth + 1) end
    end
end

-- Refuses, with the place and the reason, what is no run that an adapter with these capabilities can do.
function program.check_run(params, capabilities)
    check_fields('params', params, RUN)
    check_fields('gates', params.gates, GATES)
    if params.database then check_fields('database', params.database, DATABASE) end
    check_fields('program', params.program, PROGRAM)
    for name, value in pairs(params.program.variables or {}) do
        check('variables.' .. name, name, NAME)
        check('variables.' .. name, value, VALUE)
    end
    local threads = params.program.threads
    if not threads.main then refuse('threads', 'a program needs a green thread named main') end
    for name, thread in pairs(threads) do
        check('threads.' .. name, name, NAME)
        check_fields('threads.' .. name, thread, THREAD)
        check_steps('threads.' .. name .. '.steps', thread.steps, threads, capabilities, 1)
    end
end

return program
