-- A node holds a partition from now on: what those before it still bring is not written any more, see record.lua.
--
-- KEYS  1 the partition's fence
-- ARGV  1 the epoch since which the node holds it
--
-- Returns the epoch that counts: that one, or a higher one that was there

local epoch = tonumber(redis.call('GET', KEYS[1]) or 0)
if epoch >= tonumber(ARGV[1]) then return epoch end
redis.call('SET', KEYS[1], ARGV[1])
return tonumber(ARGV[1])
