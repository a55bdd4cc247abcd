-- Says that a node's file declares the services, if no other node's file does that says something else.
--
-- KEYS  1 who declares
-- ARGV  1 run of the node   2 digest of what its file says   3 name of the node   4 for how long it counts (ms)
-- Returns 'taken' if nobody did, 'kept' if it was this node, 'same' if another one does whose file says the same, or
-- 'other' if its file says something else; and that node's name.

local who = redis.call('GET', KEYS[1])
local answer = 'taken'
if who then
  local run, digest, name = string.match(who, '^(%S+) (%S+) (.*)$')
  if run == ARGV[1] then
    answer = 'kept'
  elseif digest == ARGV[2] then
    return {'same', name}
  else
    return {'other', name}
  end
end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3], 'PX', ARGV[4])
return {answer, ARGV[3]}
