-- Ends the period in which a deleted service can be restored.
--
-- KEYS  1 services hash   2 record   3 mark that closes the partition
-- ARGV  1 the caller's mark, empty for none   2 service id
-- Returns 1 if it is gone for good, 0 if it exists: restored, or never deleted.

if (redis.call('GET', KEYS[3]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
if redis.call('HEXISTS', KEYS[1], ARGV[2]) == 1 then return 0 end
redis.call('DEL', KEYS[2])
return 1
