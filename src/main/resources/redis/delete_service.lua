-- Takes a service and its status away, and keeps both in a record, in one step.
--
-- KEYS  1 services hash   2 status hash   3 record
-- ARGV  1 service id   2 until when it may be restored (ms)   3 when the record goes in any case (ms from now)
-- Returns 1, or 0 if there is no such service.

local service = redis.call('HGET', KEYS[1], ARGV[1])
if not service then return 0 end

local status = redis.call('HGET', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3])
redis.call('HSET', KEYS[3], 'service', service, 'until', ARGV[2])
if status then redis.call('HSET', KEYS[3], 'status', status) end
redis.call('PEXPIRE', KEYS[3], ARGV[3])
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 1
