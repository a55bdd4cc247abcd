-- Removes services of one partition and their status.
--
-- KEYS  1 services hash   2 status hash   3 mark that closes the partition
-- ARGV  1 the caller's mark, empty for none   2.. ids

if (redis.call('GET', KEYS[3]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
for i = 2, #ARGV do
  redis.call('HDEL', KEYS[1], ARGV[i])
  redis.call('HDEL', KEYS[2], ARGV[i])
end
