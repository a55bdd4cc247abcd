-- Sets, renews or removes the mark of a restore, which only the run that set it may change while it makes progress.
--
-- KEYS  1 mark
-- ARGV  1 id of the run   2 what is restored   3 "begin", "renew", "abandon" or "end"
--       4 seconds after which a mark that was not renewed is abandoned
-- Returns 0 if another restore has the mark or, except on "begin", there is none; otherwise 1, or 2 if the run begins
-- after an abandoned one

local mark = redis.call('GET', KEYS[1])
local now = tonumber(redis.call('TIME')[1])
local run, at
if mark then run, at = string.match(mark, '^(%S+) (%d+) ') end

local function set(seconds)
  redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. seconds .. ' ' .. ARGV[2])
end

if ARGV[3] == 'begin' then
  if run and math.abs(now - tonumber(at)) < tonumber(ARGV[4]) then return 0 end
  set(now)
  return mark and 2 or 1
end

if run ~= ARGV[1] then return 0 end
if ARGV[3] == 'renew' then
  set(now)
elseif ARGV[3] == 'abandon' then
  set(0)
else
  redis.call('DEL', KEYS[1])
end
return 1
