-- Records that a request is in progress, unless its key already has a record.
--
-- An index is a sorted set of records, oldest first: finished ones by their expiry, then those in progress by their
-- expiry plus UNDER_WAY. If an index is full, its oldest finished records are dropped.
--
-- KEYS  1 record   2 index of all records   3 index of the caller's records
-- ARGV  1 prefix of records; the index member '<caller>:<key>' follows it
--       2 the record   3 how long it is valid (ms)   4 maximum records of one caller   5 in total
--       6 how long an index is kept (ms)
-- Returns 'known' and the existing record, 'full' if all are in progress, or 'fresh' and how many were dropped.

local UNDER_WAY = 1e14

local there = redis.call('GET', KEYS[1])
if there then return {'known', there} end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local prefix, ttl = ARGV[1], tonumber(ARGV[3])

local function remove(member)
  redis.call('ZREM', KEYS[2], member)
  redis.call('ZREM', KEYS[2] .. ':' .. string.match(member, '^%x+'), member)
  return redis.call('UNLINK', prefix .. member)
end

local function isFull(index, limit)
  return #redis.call('ZRANGE', index, limit - 1, limit - 1) > 0
end

local dropped = 0
for i, index in ipairs({KEYS[3], KEYS[2]}) do
  local limit = tonumber(ARGV[3 + i])
  if isFull(index, limit) then
    for _, member in ipairs(redis.call('ZRANGE', index, UNDER_WAY, UNDER_WAY + now, 'BYSCORE')) do remove(member) end
  end
  while isFull(index, limit) do
    local oldest = redis.call('ZRANGE', index, 0, 0, 'WITHSCORES')
    if tonumber(oldest[2]) > UNDER_WAY then return {'full'} end
    dropped = dropped + remove(oldest[1])
  end
end

keep(KEYS[1])
redis.call('SET', KEYS[1], ARGV[2], 'PX', ttl)
for i = 2, 3 do
  redis.call('ZADD', KEYS[i], UNDER_WAY + now + ttl, string.sub(KEYS[1], #prefix + 1))
  redis.call('PEXPIRE', KEYS[i], ARGV[6])
end
return {'fresh', dropped}
