-- Writes the journal of a bulk change, unless another node has taken over the lock.
--
-- KEYS  1 mark of the lock's last holder   2 chunks   3 number of chunks   4, 5 where both are set aside
-- ARGV  1 the holder's mark   2 the action   3 a chunk

if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
if ARGV[2] == 'add' then
  redis.call('RPUSH', KEYS[2], ARGV[3])
elseif ARGV[2] == 'clear' then
  redis.call('DEL', KEYS[2], KEYS[3])
elseif ARGV[2] == 'aside' then
  if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[4]) end
  if redis.call('EXISTS', KEYS[3]) == 1 then redis.call('RENAME', KEYS[3], KEYS[5]) end
end
return 1
