-- Rewrites services whose secrets are sealed with another key; their content does not change.
--
-- KEYS  1 services hash   2 mark that closes the partition
-- ARGV  service id, JSON as it was read, new JSON; and so on
-- Returns how many were written: skips those that have changed meanwhile, and all if the partition is closed.

if redis.call('GET', KEYS[2]) then return 0 end
local written = 0
for i = 1, #ARGV, 3 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
    written = written + 1
  end
end
return written
