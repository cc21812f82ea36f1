-- spawn, join.

local json = require 'greenspec.json'

local steps = {}

function steps.spawn(run, step)
    local thread = step.thread
    for _ = 1, step.count or run.threads[thread].count or 1 do
        local spawned = run:instance(thread)
        spawned.handle = run.runtime.spawn(function() return run:live(thread, spawned) end)
    end
end

-- Waits for every one; what the first in the order of spawning raised is raised again.
function steps.join(run, step)
    local results, failed, failure = json.list {}, false, nil
    for index, spawned in ipairs(run.instances[step.thread] or {}) do
        local fine, ending = pcall(run.runtime.join, spawned.handle)
        if fine then
            results[index] = ending
        elseif not failed then
            failed, failure = true, ending
        end
    end
    if failed then error(failure, 0) end
    if #results > 1 then return results end
    return results[1]
end

return steps
