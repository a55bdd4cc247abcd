-- Removes names from services that hold them.
--
-- KEYS  1 names hash   2 mark that closes it
-- ARGV  1 the caller's mark, empty for none   2.. name and service id, for each

if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
for i = 2, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', KEYS[1], ARGV[i]) end
end
