-- Writes services again whose secrets are sealed with another key; what they say is the same.
--
-- KEYS  1 services hash   2 who alone changes anything there
-- ARGV  service id, JSON as it was read, JSON as it is to be; and so on
-- Returns how many are written: not those that have changed meanwhile, and none where somebody is alone.

if redis.call('GET', KEYS[2]) then return 0 end
local written = 0
for i = 1, #ARGV, 3 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2])
    written = written + 1
  end
end
return written
