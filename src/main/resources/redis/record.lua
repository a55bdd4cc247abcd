-- Writes one result: status, history and rollups in one step, in the partition of its service.
--
-- KEYS  1 status hash   2 history of the day   3 rollup hash
-- ARGV  1 service id   2 timestamp (ms)   3 outcome code   4 status from the response time on
--       5 start of the day (ms)   6 when the history of the day expires (ms), 0 for never
--       7 history entry without its time   8 the same, if the error is that of the entry before
--       9 hour   10 day (both since the epoch)   11 response time (ms)
--
-- Returns since * 4 + the status before: 0 unknown, 1 up, 2 down; or
--   -1  there is no such service
--   -2  the status is newer than the result
-- The last result of a service is not written again and answers as it did at first, so that a
-- batch whose answer was lost can be sent once more.

local function status_of(outcome)
  if outcome > 2 then return 2 end
  return outcome
end

local function number(n)
  local out = ''
  while n >= 128 do
    out = out .. string.char(n % 128 + 128)
    n = math.floor(n / 128)
  end
  return out .. string.char(n)
end

local old = redis.call('HGET', KEYS[1], ARGV[1])
if not old then return -1 end

local now = tonumber(ARGV[2])
local outcome = tonumber(ARGV[3])
local last, old_outcome, since, old_before, old_error =
  string.match(old, '^(%d+) (%d+) (%d+) (%d) %d+ %d+ %S+ (.*)$')
last = tonumber(last)
since = tonumber(since)
local before = status_of(tonumber(old_outcome))

if now < last then return -2 end
if now == last then return since * 4 + tonumber(old_before) end

if before ~= status_of(outcome) then since = now end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f %d %.0f %d %s', now, outcome, since, before, ARGV[4]))

local base = last
local tail = ARGV[7]
local first_of_day = redis.call('STRLEN', KEYS[2]) == 0
if first_of_day then
  base = tonumber(ARGV[5])
elseif string.match(ARGV[4], '^%d+ %d+ %S+ (.*)$') == old_error then
  tail = ARGV[8]
end
redis.call('APPEND', KEYS[2], number(now - base) .. tail)
if first_of_day and ARGV[6] ~= '0' then redis.call('PEXPIREAT', KEYS[2], ARGV[6]) end

local up, up_ms = 0, 0
if outcome == 1 then up, up_ms = 1, ARGV[11] end
local hour_field, day_field = 'h' .. ARGV[9], 'd' .. ARGV[10]
local old_counts = redis.call('HMGET', KEYS[3], hour_field, day_field)
local counts = {}
for i = 1, 2 do
  local n, ups, ms = 0, 0, 0
  if old_counts[i] then n, ups, ms = string.match(old_counts[i], '^(%d+) (%d+) (%d+)$') end
  counts[i] = string.format('%.0f %.0f %.0f', n + 1, ups + up, ms + up_ms)
end
redis.call('HSET', KEYS[3], hour_field, counts[1], day_field, counts[2])
if not old_counts[1] then
  -- a new hour: hours are kept for two days, days for ninety
  local first_hour, first_day = ARGV[9] - 48, ARGV[10] - 90
  for _, field in ipairs(redis.call('HKEYS', KEYS[3])) do
    local kind, at = string.sub(field, 1, 1), tonumber(string.sub(field, 2))
    if (kind == 'h' and at < first_hour) or (kind == 'd' and at < first_day) then
      redis.call('HDEL', KEYS[3], field)
    end
  end
end

return since * 4 + before
