-- Writes services of one partition, and a status for those that have none. Idempotent.
--
-- KEYS  1 services hash   2 status hash   3 mark that closes the partition
-- ARGV  1 the caller's mark, empty for none   2 status of a service that has none   3.. id and JSON of each

if (redis.call('GET', KEYS[3]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
for i = 3, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[2])
end
