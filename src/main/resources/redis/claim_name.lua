-- Gives a name to a service if nobody has it, or if the one that had it has been found gone.
--
-- KEYS  1 names hash
-- ARGV  1 name   2 service id   3 id of a former holder that is gone, or empty
-- Returns the id that holds the name now.

local holder = redis.call('HGET', KEYS[1], ARGV[1])
if not holder or holder == ARGV[3] then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  return ARGV[2]
end
return holder
