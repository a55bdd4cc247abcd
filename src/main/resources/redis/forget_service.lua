-- Ends the time in which a deleted service can be restored.
--
-- KEYS  1 services hash   2 record
-- ARGV  1 service id
-- Returns 1 if it is gone for good, 0 if it is there: restored, or never deleted.

if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 0 end
redis.call('DEL', KEYS[2])
return 1
