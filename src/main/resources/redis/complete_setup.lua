-- Completes the set-up, once.
--
-- KEYS  1 settings hash
-- ARGV  1.. fields and values to set with it
-- Returns 1, or 0 if it was complete already.

if redis.call('HEXISTS', KEYS[1], 'setupCompleted') == 1 then return 0 end

keep(KEYS[1], 'setupCompleted')
for i = 1, #ARGV, 2 do keep(KEYS[1], ARGV[i]) end
redis.call('HSET', KEYS[1], 'setupCompleted', '1')
if #ARGV > 0 then redis.call('HSET', KEYS[1], unpack(ARGV)) end
return 1
