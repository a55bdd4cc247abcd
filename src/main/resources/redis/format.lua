-- Reads the format of the stored data; sets it if there is none.
--
-- KEYS  1 the format
-- ARGV  1 the format of a store without one
-- Returns the format

local format = redis.call('GET', KEYS[1])
if format then return format end
redis.call('SET', KEYS[1], ARGV[1])
return ARGV[1]
