-- Reads the counts of a service's last hours and days as one string: a hundred services at once would otherwise be
-- tens of thousands of answers to take apart.
--
-- KEYS  1 rollup hash
-- ARGV  1 first hour   2 how many   3 first day   4 how many
-- Returns the counts, "checks up milliseconds", hours before days, each followed by a semicolon; nothing for none.

local counts = {}
for i = 1, ARGV[2] + ARGV[4] do counts[i] = '' end
-- all of them: one by one, each would be searched for from the hash's beginning
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local hour = string.sub(all[i], 1, 1) == 'h'
  local first, many = ARGV[hour and 1 or 3], tonumber(ARGV[hour and 2 or 4])
  local at = string.sub(all[i], 2) - first
  if at >= 0 and at < many then counts[(hour and 0 or ARGV[2]) + at + 1] = all[i + 1] end
end
return table.concat(counts, ';') .. ';'
