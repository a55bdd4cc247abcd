-- Makes a node's file the one that declares the services, unless another node's file with different content does.
--
-- KEYS  1 the declaring node
-- ARGV  1 run of the node   2 digest of its file's content   3 name of the node   4 how long this is valid (ms)
-- Returns 'taken' if no node declared, 'kept' if it was this node, 'same' if another node's file has the same content,
-- or 'other' if its content differs; and that node's name.

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
