-- Assigns a name to a service if the name is free or its holder is known to be gone.
--
-- KEYS  1 names hash   2 mark that closes it
-- ARGV  1 the caller's mark, empty for none   2 name   3 service id   4 id of a former holder that is gone, or empty
-- Returns the id that now holds the name.

if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
local holder = redis.call('HGET', KEYS[1], ARGV[2])
if not holder or holder == ARGV[4] then
  keep(KEYS[1], ARGV[2])
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
  return ARGV[3]
end
return holder
