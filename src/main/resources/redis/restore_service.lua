-- Puts a deleted service and its status back as they were, once.
--
-- KEYS  1 services hash   2 status hash   3 record
-- ARGV  1 service id   2 status of a service that has none
-- Returns 1, or 0 if there is no record any more.

local kept = redis.call('HMGET', KEYS[3], 'service', 'status')
if not kept[1] then return 0 end

redis.call('HSET', KEYS[2], ARGV[1], kept[2] or ARGV[2])
redis.call('HSET', KEYS[1], ARGV[1], kept[1])
redis.call('DEL', KEYS[3])
return 1
