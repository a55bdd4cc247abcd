-- Completes setup, once.
--
-- KEYS  1 settings hash   2 hash of the API key that setup creates
-- ARGV  1 id of that key, '' for none   2 its record   3.. settings, each a field and its value
-- Returns 1, or 0 if setup was already complete.

if redis.call('HEXISTS', KEYS[1], 'setupCompleted') == 1 then return 0 end

keep(KEYS[1], 'setupCompleted')
for i = 3, #ARGV, 2 do keep(KEYS[1], ARGV[i]) end
redis.call('HSET', KEYS[1], 'setupCompleted', '1')
if #ARGV > 2 then redis.call('HSET', KEYS[1], unpack(ARGV, 3)) end
if ARGV[1] ~= '' then
  keep(KEYS[2], ARGV[1])
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
end
return 1
