-- Makes that the change in the journal counts, if nobody has taken over the right to change services.
--
-- KEYS  1 mark of who had that right last   2 how many chunks there are
-- ARGV  1 the holder's mark   2 how many chunks there are

if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
keep(KEYS[2])
redis.call('SET', KEYS[2], ARGV[2])
return 1
