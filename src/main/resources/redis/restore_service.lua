-- Restores a deleted service and its status, once.
--
-- KEYS  1 services hash   2 status hash   3 record   4 mark that closes the partition
-- ARGV  1 the caller's mark, empty for none   2 service id   3 status of a service that has none
--       4.. ids of its statuses at locations
-- Returns 1, or 0 if the record no longer exists.

if (redis.call('GET', KEYS[4]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
local record = redis.call('HMGET', KEYS[3], 'service', 'status')
if not record[1] then return 0 end

keep(KEYS[1], ARGV[2])
keep(KEYS[2], ARGV[2])
for _, field in ipairs({'service', 'until', 'status'}) do keep(KEYS[3], field) end

redis.call('HSET', KEYS[2], ARGV[2], record[2] or ARGV[3])
redis.call('HSET', KEYS[1], ARGV[2], record[1])
for i = 4, #ARGV do
  local there = redis.call('HGET', KEYS[3], ARGV[i])
  keep(KEYS[2], ARGV[i])
  keep(KEYS[3], ARGV[i])
  if there then redis.call('HSET', KEYS[2], ARGV[i], there) end
end
redis.call('DEL', KEYS[3])
return 1
