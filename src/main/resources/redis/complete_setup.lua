-- Completes the set-up, once.
--
-- KEYS  1 settings hash
-- ARGV  1.. fields and values to set with it
-- Returns 1, or 0 if it was complete already.

if redis.call('HSETNX', KEYS[1], 'setupCompleted', '1') == 0 then return 0 end
if #ARGV > 0 then redis.call('HSET', KEYS[1], unpack(ARGV)) end
return 1
