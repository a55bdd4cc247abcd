-- Closes a partition, or the names, so that only the holder of the mark can change services there; or opens what this
-- mark has closed.
--
-- KEYS  1 mark that closes the slot
-- ARGV  1 the holder's mark   2 1 to close, 0 to open

local there = redis.call('GET', KEYS[1])
if ARGV[2] == '0' then
  if there == ARGV[1] then redis.call('DEL', KEYS[1]) end
  return 1
end
local count = '^%d+'
if there and tonumber(string.match(there, count)) > tonumber(string.match(ARGV[1], count)) then
  return redis.error_reply('HELD by one who came later')
end
redis.call('SET', KEYS[1], ARGV[1])
return 1
