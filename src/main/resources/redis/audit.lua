-- Appends an entry to the audit log. Once the log is half full and the actor has used up its entries, the request is
-- instead counted in the actor's running entry for the hour, which is replaced each time, so that no actor displaces
-- others' entries.
--
-- KEYS  1 stream
--       2 hash of the actor: 'd<day>' to its entries of that day; of the running entry 'hour', 'id', and 'n<action>'
--         to a count
-- ARGV  1 maximum entries   2 maximum entries per actor once the log is half full   3 days for which they count
--       4 field of the entry   5 the entry   6 its action   7 the running entry, followed by the counts
-- Returns 1 if the request was counted, 0 if it has its own entry.

local seconds = tonumber(redis.call('TIME')[1])
local day, hour = math.floor(seconds / 86400), math.floor(seconds / 3600)

local function append(...)
  return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', ARGV[4], ...)
end

local function keep()
  redis.call('PEXPIRE', KEYS[2], (tonumber(ARGV[3]) + 1) * 86400000)
end

local known = redis.call('HGETALL', KEYS[2])
local entries, running, counts, old = 0, {}, {}, {}
for i = 1, #known, 2 do
  local name, value = known[i], known[i + 1]
  local ofDay, action = string.match(name, '^d(%d+)$'), string.match(name, '^n(.+)$')
  if action then
    counts[action] = tonumber(value)
  elseif not ofDay then
    running[name] = value
  elseif tonumber(ofDay) > day - tonumber(ARGV[3]) then
    entries = entries + tonumber(value)
  else
    old[#old + 1] = name
  end
end
if #old > 0 then redis.call('HDEL', KEYS[2], unpack(old)) end

local length = redis.pcall('XLEN', KEYS[1])
local halfFull = type(length) == 'number' and length >= tonumber(ARGV[1]) / 2 -- the Redis user may lack this right
if entries < tonumber(ARGV[2]) or not halfFull then
  redis.call('HINCRBY', KEYS[2], 'd' .. day, 1)
  append(ARGV[5])
  keep()
  return 0
end

if running.hour == tostring(hour) then
  redis.pcall('XDEL', KEYS[1], running.id) -- without this right, a few more entries remain
else
  for action in pairs(counts) do redis.call('HDEL', KEYS[2], 'n' .. action) end
  counts = {}
end
counts[ARGV[6]] = redis.call('HINCRBY', KEYS[2], 'n' .. ARGV[6], 1)
local fields = {}
for action, count in pairs(counts) do
  fields[#fields + 1] = action
  fields[#fields + 1] = count
end
redis.call('HSET', KEYS[2], 'hour', hour, 'id', append(ARGV[7], unpack(fields)))
keep()
return 1
