-- Removes a name from a service, if the service holds it.
--
-- KEYS  1 names hash   2 mark that closes it
-- ARGV  1 the caller's mark, empty for none   2 name   3 service id

if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
if redis.call('HGET', KEYS[1], ARGV[2]) == ARGV[3] then
  keep(KEYS[1], ARGV[2])
  redis.call('HDEL', KEYS[1], ARGV[2])
end
