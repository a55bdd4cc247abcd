-- Takes the lock for changes, unless another node has it, or waits for it and is next.
--
-- KEYS  1 lock   2 mark of its last holder that did not release it   3 count   4 the next node   5, 6 a journal
-- ARGV  1 run of the node   2 how long, unless renewed (ms)   3 1 if no other node can exist: any other holder is gone,
--       unless it is a command, whose run begins with 'command-'
-- Returns nil if another node has it; else the holder's mark, "<count> <run>", and 1 if there is unfinished work.

local lock = redis.call('GET', KEYS[1])
local next = redis.call('GET', KEYS[4])
local holder = lock and string.match(lock, ' (.*)$')
if ARGV[3] ~= '1' or holder and string.sub(holder, 1, 8) == 'command-' then
  if holder and holder ~= ARGV[1] then
    redis.call('SET', KEYS[4], ARGV[1], 'PX', 500, 'NX')
    return nil
  end
  if next and next ~= ARGV[1] then return nil end
end

-- later than all before, even if a failover has lost the count
local time = redis.call('TIME')
local count = math.max(tonumber(redis.call('GET', KEYS[3]) or '0') + 1, time[1] * 1000000 + time[2])
redis.call('SET', KEYS[3], string.format('%.0f', count))

local undone = redis.call('EXISTS', KEYS[2], KEYS[5], KEYS[6]) > 0 and 1 or 0
local mark = string.format('%.0f %s', count, ARGV[1])
redis.call('SET', KEYS[1], mark, 'PX', ARGV[2])
redis.call('SET', KEYS[2], mark)
redis.call('DEL', KEYS[4])
return {mark, undone}
