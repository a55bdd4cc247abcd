-- Takes a name from a service, if it is that one's.
--
-- KEYS  1 names hash
-- ARGV  1 name   2 service id

if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  return redis.call('HDEL', KEYS[1], ARGV[1])
end
return 0
