-- Records the answer of a request that was in progress, or removes the record of one that may be sent again.
--
-- KEYS  1 record   2 index of all records   3 index of the caller's records, see once_begin.lua
-- ARGV  1 the record's index member   2 the record, '' for none   3 how long it is kept (ms)

if ARGV[2] == '' then
  for i = 2, 3 do redis.call('ZREM', KEYS[i], ARGV[1]) end
  return redis.call('DEL', KEYS[1])
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
for i = 2, 3 do
  redis.call('ZADD', KEYS[i], now + tonumber(ARGV[3]), ARGV[1])
  redis.call('PEXPIRE', KEYS[i], ARGV[3])
end
return 1
