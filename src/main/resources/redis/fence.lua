-- Fences a partition for its new holder: results of previous holders are rejected from now on, see record.lua.
--
-- KEYS  1 the partition's fence
-- ARGV  1 the epoch in which the node acquired it
--
-- Returns the effective epoch: this one, or a higher one that was there before

local epoch = tonumber(redis.call('GET', KEYS[1]) or 0)
if epoch >= tonumber(ARGV[1]) then return epoch end
redis.call('SET', KEYS[1], ARGV[1])
return tonumber(ARGV[1])
