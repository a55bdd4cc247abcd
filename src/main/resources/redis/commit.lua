-- Executes commands in one step.
--
-- KEYS  those of the commands
-- ARGV  for each command: the number of its words, then the words; one of HSET, HDEL, HINCRBY, SET, DEL, PERSIST
-- Returns the last command's answer.

local at, answer = 1, false
while at <= #ARGV do
  local words = {}
  for i = 1, tonumber(ARGV[at]) do words[i] = ARGV[at + i] end
  at = at + #words + 1

  local command, key = words[1], words[2]
  if command == 'HSET' then
    for i = 3, #words, 2 do keep(key, words[i]) end
  elseif command == 'HDEL' then
    for i = 3, #words do keep(key, words[i]) end
  elseif command == 'HINCRBY' then
    keep(key, words[3])
  elseif command ~= 'PERSIST' then
    keep(key)
  end
  answer = redis.call(unpack(words))
end
return answer
