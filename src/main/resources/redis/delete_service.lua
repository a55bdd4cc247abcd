-- Deletes a service and its status, and keeps both in a record, in one step, if the service is as it was read.
--
-- KEYS  1 services hash   2 status hash   3 record   4 mark that closes the partition
-- ARGV  1 the caller's mark, empty for none   2 service id   3 JSON as it was read
--       4 until when it can be restored (ms)   5 when the record expires in any case (ms from now)
--       6.. ids of its statuses at locations
-- Returns 1, or 0 if it has changed or is gone.

if (redis.call('GET', KEYS[4]) or '') ~= ARGV[1] then return redis.error_reply('HELD by another node') end
local service = redis.call('HGET', KEYS[1], ARGV[2])
if service ~= ARGV[3] then return 0 end

keep(KEYS[1], ARGV[2])
keep(KEYS[2], ARGV[2])
for _, field in ipairs({'service', 'until', 'status'}) do keep(KEYS[3], field) end

local status = redis.call('HGET', KEYS[2], ARGV[2])
redis.call('DEL', KEYS[3])
redis.call('HSET', KEYS[3], 'service', service, 'until', ARGV[4])
if status then redis.call('HSET', KEYS[3], 'status', status) end
redis.call('PEXPIRE', KEYS[3], ARGV[5])
redis.call('HDEL', KEYS[1], ARGV[2])
redis.call('HDEL', KEYS[2], ARGV[2])
for i = 6, #ARGV do
  local there = redis.call('HGET', KEYS[2], ARGV[i])
  keep(KEYS[2], ARGV[i])
  keep(KEYS[3], ARGV[i])
  if there then redis.call('HSET', KEYS[3], ARGV[i], there) end
  redis.call('HDEL', KEYS[2], ARGV[i])
end
return 1
