-- Raises, but never lowers, the time before which no history is shown, and sets how long history is kept.
--
-- KEYS  1 settings hash
-- ARGV  1 the time (ms)   2 how long (s), 0 for unlimited; empty to leave it   3 1 to mark that counts must be cleared
-- Returns the effective time.

for _, field in ipairs({'historyFloor', 'historyTtl', 'historyClearing'}) do keep(KEYS[1], field) end
local floor = redis.call('HGET', KEYS[1], 'historyFloor')
if not floor or tonumber(floor) < tonumber(ARGV[1]) then
  floor = ARGV[1]
  redis.call('HSET', KEYS[1], 'historyFloor', floor)
end
if ARGV[2] ~= '' then redis.call('HSET', KEYS[1], 'historyTtl', ARGV[2]) end
if ARGV[3] == '1' then redis.call('HSET', KEYS[1], 'historyClearing', floor) end
return floor
