-- Releases the partitions of a node that stops, so that others can acquire them.
--
-- KEYS  1 nodes, 2 leases, as in share.lua
-- ARGV  1 the node's id
--
-- Returns how many partitions it held

local held = 0
local leases = redis.call('HGETALL', KEYS[2])
for i = 1, #leases, 2 do
  local holder, epoch = string.match(leases[i + 1], '^(%S+) (%d+)$')
  if holder == ARGV[1] then
    redis.call('HSET', KEYS[2], leases[i], '- ' .. epoch)
    held = held + 1
  end
end
redis.call('HDEL', KEYS[1], ARGV[1])
return held
