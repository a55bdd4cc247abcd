-- Forgets what is counted of a service's checks, also of one that may be restored.
--
-- KEYS  1 status hash   2 rollup hash   3 record of the deleted service
-- ARGV  1 service id, maybe with a location   2 field of the record that has its status

-- the counts of the running hour are in the status, see record.lua and StatusCodec
local function clear(hash, field)
  local packed = redis.call('HGET', hash, field)
  if packed and string.byte(packed) == 129 then
    local cleared = string.sub(packed, 1, 21) .. string.rep('\0', 12) .. string.sub(packed, 34)
    redis.call('HSET', hash, field, cleared)
  end
end

redis.call('UNLINK', KEYS[2])
clear(KEYS[1], ARGV[1])
clear(KEYS[3], ARGV[2])
