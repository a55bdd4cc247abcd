-- Reads everything that changes with a service's results in one step, so that a backup of it is consistent.
--
-- KEYS  1 services hash   2 status hash   3 certificates hash; then for each id its rollup hash, and its strings: the
--       parts of its state log, and history and peers of each day
-- ARGV  1 service id   2 number of strings   3.. ids: the service's own, and those at its locations
-- Returns for each id: status, certificate, fields and values of the rollup, and the strings; nil if the service does not
-- exist

if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return false end

local answer, at = {}, 4
for i = 3, #ARGV do
  local one = {redis.call('HGET', KEYS[2], ARGV[i]), redis.call('HGET', KEYS[3], ARGV[i]), redis.call('HGETALL', KEYS[at])}
  for k = 1, ARGV[2] do one[3 + k] = redis.call('GET', KEYS[at + k]) end
  at = at + 1 + ARGV[2]
  answer[#answer + 1] = one
end
return answer
