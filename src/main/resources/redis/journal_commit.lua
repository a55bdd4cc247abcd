-- Commits the change in the journal, unless another node has taken over the lock.
--
-- KEYS  1 mark of the lock's last holder   2 number of chunks
-- ARGV  1 the holder's mark   2 number of chunks

if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
keep(KEYS[2])
redis.call('SET', KEYS[2], ARGV[2])
return 1
