-- Moves events from outboxes to the event stream, each once and in the order of its outbox.
--
-- KEYS  1 event stream   2 hash: partition to the id of its last moved event
-- ARGV  1 approximate number of entries that the stream keeps
--       2.. for each event: partition, id in its outbox, id of the event after which the outbox was read (- for its
--       start), number of the arguments that follow, fields and values
-- Returns a string with a character for each event: 1 if it was moved, 0 if it had been moved before, b if the outbox
-- was read after an event that this stream has lost, so that earlier ones must be moved first.

local function parts(id)
  local epoch, number = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(epoch), tonumber(number)
end

local function is_after(id, mark)
  if not mark then return true end
  local epoch, number = parts(id)
  local marked_epoch, marked_number = parts(mark)
  return epoch > marked_epoch or epoch == marked_epoch and number > marked_number
end

local marks, moved, told, at = {}, {}, {}, 2
while at <= #ARGV do
  local partition, id, from, many = ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
  if marks[partition] == nil then marks[partition] = redis.call('HGET', KEYS[2], partition) end
  if from ~= '-' and is_after(from, marks[partition]) then
    told[#told + 1] = 'b'
  elseif is_after(id, marks[partition]) then
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', unpack(ARGV, at + 4, at + 3 + many))
    marks[partition], moved[partition] = id, true
    told[#told + 1] = '1'
  else
    told[#told + 1] = '0'
  end
  at = at + 4 + many
end
for partition in pairs(moved) do redis.call('HSET', KEYS[2], partition, marks[partition]) end
return table.concat(told)
