-- Clears the check counts and the state log of a service, also of a deleted one that can be restored.
--
-- KEYS  1 status hash   2 rollup hash   3 record of the deleted service   4.. state log
-- ARGV  1 service id, possibly with a location   2 the record's field with its status

-- the counts of the current hour are in the status, see record.lua and StatusCodec
local function clear(hash, field)
  local packed = redis.call('HGET', hash, field)
  local version = packed and string.byte(packed)
  if version == 129 or version == 130 then
    local at = version == 129 and 21 or 14
    local cleared = string.sub(packed, 1, at) .. string.rep('\0', 12) .. string.sub(packed, at + 13)
    redis.call('HSET', hash, field, cleared)
  end
end

redis.call('UNLINK', KEYS[2], unpack(KEYS, 4))
clear(KEYS[1], ARGV[1])
clear(KEYS[3], ARGV[2])
