-- Renews or releases the lock for changes, unless another node has taken it over.
--
-- KEYS  1 lock   2 mark of its last holder
-- ARGV  1 the holder's mark   2 for how much longer (ms), 0 to release it
-- Returns 1, or 0 if another node has taken it over.

if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1], KEYS[2])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return 1
