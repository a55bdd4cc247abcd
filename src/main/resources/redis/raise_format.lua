-- Raises the format of the stored data.
--
-- KEYS  1 the format
-- ARGV  1 the expected one; 2 the new one
-- Returns 1, or 0 if the format is not the expected one

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
