-- Stands before each script by which a change of the configuration counts, see Commits: who does not hear the answer
-- can have it undone, and made never to happen. commit_end.lua stands behind it.
--
-- KEYS  the script's, and the last one: a note of this change, in the slot of the first
-- ARGV  the script's, and the last one: until when it may begin, by this server's clock (epoch ms)

local note, until_ms = table.remove(KEYS), tonumber(table.remove(ARGV))
if redis.call('GET', note) == 'never' then return redis.error_reply('TOOLATE it has been given up') end
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > until_ms then return redis.error_reply('TOOLATE its time is over') end

local kept = {}

local function image(key, field)
  if field then return redis.call('HGET', key, field) end
  return redis.call('GET', key)
end

-- To be called before a field of a hash, or a string, is changed.
local function keep(key, field)
  local ttl = not field and redis.call('PTTL', key)
  kept[#kept + 1] = {key, field or false, image(key, field), false, ttl}
end

local function change()
