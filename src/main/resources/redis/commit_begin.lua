-- Precedes each script that commits a change of the configuration, see Commits: a caller that does not receive the
-- answer can have the change undone, and kept from ever happening. commit_end.lua follows the script.
--
-- KEYS  the script's, and last: a note of this change, in the slot of the first
-- ARGV  the script's, and last: the latest time to begin, by this server's clock (epoch ms)

local note, until_ms = table.remove(KEYS), tonumber(table.remove(ARGV))
if redis.call('GET', note) == 'never' then return redis.error_reply('TOOLATE it has been given up') end
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > until_ms then return redis.error_reply('TOOLATE its time is over') end

local kept = {}

local function image(key, field)
  if field then return redis.call('HGET', key, field) end
  return redis.call('GET', key)
end

-- Call before changing a hash field or a string.
local function keep(key, field)
  local ttl = not field and redis.call('PTTL', key)
  kept[#kept + 1] = {key, field or false, image(key, field), false, ttl}
end

local function change()
