-- Undoes a change of the configuration whose answer was lost, or keeps it from ever happening, see Commits. Keeps
-- values that have changed since.
--
-- KEYS  a note of the change, and the keys that it changes
-- Returns 1 if the change had been made, else 0.

local note = redis.call('GET', KEYS[1])
if note == 'never' then return 0 end
redis.call('SET', KEYS[1], 'never', 'PX', 3600000)
if not note then return 0 end

local kept = cmsgpack.unpack(note)
for i = #kept, 1, -1 do
  local key, field, before, after, ttl = unpack(kept[i])
  if field and redis.call('HGET', key, field) == after then
    if before then redis.call('HSET', key, field, before) else redis.call('HDEL', key, field) end
  elseif not field and redis.call('GET', key) == after then
    if not before then
      redis.call('DEL', key)
    elseif ttl > 0 then
      redis.call('SET', key, before, 'PX', ttl)
    else
      redis.call('SET', key, before)
    end
  end
end
return 1
