-- Writes a service if it is still stored as it was read.
--
-- KEYS  1 services hash   2 mark that closes the partition
-- ARGV  1 the caller's mark, empty for none   2 service id   3 JSON as it was read   4 new JSON
-- Returns 1, or 0 if it has changed or is gone.

if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
if redis.call('HGET', KEYS[1], ARGV[2]) ~= ARGV[3] then return 0 end
keep(KEYS[1], ARGV[2])
redis.call('HSET', KEYS[1], ARGV[2], ARGV[4])
return 1
