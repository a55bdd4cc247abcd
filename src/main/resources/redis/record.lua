-- Writes results, at most one per service: status, history, counts and the event of a transition in one step.
--
-- Compare-and-set: a result is written only if the stored state is older and has the time and tag of the state that the
-- result was judged by. Nothing is judged here, see Health. All texts arrive encoded.
--
-- KEYS  status hashes of the results' partitions; a partition's other keys have the same prefix. In a cluster, these
--       follow: the fences, and for each result the history of the day, the rollup, the state log, for a failure the
--       peers of the day, and for a transition the outbox. While a slot is being migrated, Redis then rejects the whole
--       call if some of its keys are elsewhere
-- ARGV  1 the results, one after the other:
--         index of the key (a byte); id of the service, or '<service id>@<location>' (preceded by its length in a
--         byte); time (ms, 6 bytes); time and tag of the state before (6 and 4 bytes), and the new tag (4 bytes);
--         flags (a byte): 1 up, 2 first of its day, 4 a transition, 8 fenced by a location's lease,
--         16 the states of others are wanted, 32 not counted, because the result is unknown, 64 entries for the state
--         log; response time (ms, 4 bytes);
--         history entry, status (each preceded by its length in 2 bytes);
--         unless it is up, the server that was reached (preceded by its length), see PeerLog;
--         for a transition: epoch and number of its event (6 and 8 bytes), the event (preceded by its length in 2
--         bytes); if fenced: the location (preceded by its length), the epoch of its lease (6 bytes), 0 to skip the
--         fence;
--         if the states of others are wanted, as for a location: their number (a byte) and ids (each preceded by its
--         length), the service's first;
--         if there are any, the entries for the state log (preceded by their length in 2 bytes)
--       2 how long a day's history is kept after its end (ms), 0 for unlimited
--       3 for each of the keys, the epoch of the writer's lease (6 bytes), 0 to skip the fence; empty to skip all
--         fences
--
-- Formats: StatusCodec for a status, HistoryCodec for history, PeerLog for peers, StateLogCodec for the state log. The
-- counts of the current hour are in the status; the first result of a later hour moves them to the rollup hash.
--
-- Returns a byte for each result:
--   0  written
--   5  already written: a batch whose answer was lost can be sent again
--   1  the service does not exist
--   2  the stored state is not the expected one
--   3  another node has a lease with a later epoch, see fence.lua
--   4  the day's history has been deleted: the result must be written as the first of its day
--   6  the stored status has a later version than this script writes
-- After 2 and 3, the stored status follows; after 0, 2 and 5, the wanted statuses of others. Each is preceded by its
-- length in 2 bytes, 0 if there is none.

local RESULT = '<BBc0I6I6I4I4BI4I2c0I2c0'
local STATUS, VERSION, HEAD_SIZE = '<BI6I4I3I3I3I6', 130, 26
local BEFORE_TAGS, OLD_STATUS, OLD_SIZE = 129, '<I6I6I3I3I3I6', 33
local HOUR, DAY = 3600000, 86400000
local UNCHECKED = '0 0 0 0 0 0 0,0,0,0,0 '
local UP, BEGINS, TURNS, FENCED, WANTS, UNKNOWN, LOGS = 1, 2, 4, 8, 16, 32, 64
local MAX_PEERS, AGAIN = 16384, 255
local MAX_OUTBOX = 10000
local LOG_DAYS, LOG_KEPT_DAYS = 100, 400
local LOG_HEAD, LOG_HEAD_SIZE, CHANGE, CHANGE_SIZE = '<BI3I2', 6, '<BI6I2', 9
local SUM, SUM_SIZE = '<BI6I2I6BI2I4I4I2', 28
local LOG_VERSION, MAX_CHANGES, SUMMING, OF_SUM, STATE_UP, STATE_DOWN = 1, 100, 65535, 15, 1, 2
local WRITTEN, GONE, OTHER, SUPERSEDED, CLEARED, REPEATED, LATER = '\0', '\1', '\2', '\3', '\4', '\5', '\6'

local call, char, floor = redis.call, string.char, math.floor

local function has(flags, flag)
  return flags % (2 * flag) >= flag
end

-- Returns time, tag, and counts of the current hour; zeros if the status is damaged.
local function read(packed)
  local version = string.byte(packed)
  if version == BEFORE_TAGS and #packed >= OLD_SIZE then
    local last, _, hour, checks, up, ms = struct.unpack(OLD_STATUS, packed, 7)
    return last, 0, hour, checks, up, ms
  end
  if version == VERSION and #packed >= HEAD_SIZE then return select(2, struct.unpack(STATUS, packed)) end
  local last = tonumber(string.match(packed, '^%d+') or '0')
  return last, 0, floor(last / HOUR), 0, 0, 0
end

local function sized(packed)
  packed = packed or ''
  return struct.pack('<I2', #packed) .. packed
end

local function settle(rollup, hour, checks, up, ms, hour_now)
  local day = floor(hour / 24)
  if checks > 0 then
    local fields = {'h' .. hour, 'd' .. day}
    local old, sums = call('HMGET', rollup, fields[1], fields[2]), {}
    for i = 1, 2 do
      local n, ups, milliseconds = 0, 0, 0
      if old[i] then n, ups, milliseconds = string.match(old[i], '^(%d+) (%d+) (%d+)$') end
      sums[i] = string.format('%.0f %.0f %.0f', n + checks, ups + up, milliseconds + ms)
    end
    call('HSET', rollup, fields[1], sums[1], fields[2], sums[2])
  end
  -- hours are kept for two days, days for ninety; older ones were removed when this hour began
  local old = {}
  for h = hour - 48, math.min(hour, hour_now - 49) do old[#old + 1] = 'h' .. h end
  for d = day - 90, math.min(day, floor(hour_now / 24) - 91) do old[#old + 1] = 'd' .. d end
  if #old > 0 then call('HDEL', rollup, unpack(old)) end
end

-- Copies a string, because one that was appended to takes up to twice its length. The content is the same, so the copy
-- is not replicated. The call does not name this key: if it has been migrated to another node, this has no effect.
local function fit(key)
  if not pcall(redis.set_repl, redis.REPL_NONE) then return end
  local day = redis.pcall('GET', key)
  if type(day) == 'string' then redis.pcall('SET', key, day, 'KEEPTTL') end
  redis.set_repl(redis.REPL_ALL)
end

-- suffix of a history key, cached because most results share it
local day_of_suffix, suffix
local function day_suffix(day)
  if day ~= day_of_suffix then day_of_suffix, suffix = day, ':' .. day end
  return suffix
end

local function begin_day(key, day_start, entry)
  if ARGV[2] == '0' then
    call('SET', key, entry)
  else
    call('SET', key, entry, 'PXAT', day_start + DAY + ARGV[2])
  end
end

-- whether the last entry of a day's peers is this server, as a text or by its position
local function is_last(known, peer, text)
  if string.sub(known, -#text) == text then return true end
  if peer == '' or #known < 3 or string.byte(known, -1) ~= AGAIN then return false end
  local place = struct.unpack('<I2', known, #known - 2)
  return place >= #peer and string.sub(known, place - #peer + 1, place + 1) == text
end

-- Records when failures began to reach another server, or none. A day that is full ends with none.
local function note_peer(peers, day_start, now, peer)
  local known = call('GET', peers) or ''
  if #known > MAX_PEERS then peer = '' end
  local text = peer .. char(#peer)
  if known == '' and peer == '' or known ~= '' and is_last(known, peer, text) then return end
  local before = peer ~= '' and string.find(known, text, 1, true)
  local again = before and struct.pack('<I2B', before - 1 + #peer, AGAIN) or text
  local change = struct.pack('<I4', now - day_start) .. again
  if known == '' then begin_day(peers, day_start, change) else call('APPEND', peers, change) end
end

-- Appends an event under its id; under the next free id if the last one is not smaller.
local function append(outbox, epoch, number, event)
  local id = string.format('%.0f-%.0f', epoch, number)
  local added = redis.pcall('XADD', outbox, 'MAXLEN', '~', MAX_OUTBOX, id, 'e', event)
  if type(added) == 'string' then return end
  local info = call('XINFO', 'STREAM', outbox)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      local last_epoch, last_number = string.match(info[i + 1], '^(%d+)-(%d+)$')
      call('XADD', outbox, string.format('%s-%.0f', last_epoch, last_number + 1), 'e', event)
    end
  end
end

-- Adds changes to the sum of a day's changes, which is nil at first.
local function summed(sum, changes)
  local states, from, reason, last, state, many, up, down
  local at = 1
  if sum then
    states, from, reason, last, state, many, up, down = struct.unpack(SUM, sum)
  else
    states, from, reason, at = struct.unpack(CHANGE, changes)
    last, state, many, up, down = from, states % 16, 1, 0, 0
    states = OF_SUM + states - state
  end
  while at <= #changes do
    local next, time, why
    next, time, why, at = struct.unpack(CHANGE, changes, at)
    time = math.max(time, last)
    if state == STATE_UP then up = up + time - last elseif state == STATE_DOWN then down = down + time - last end
    last, state, reason, many = time, next % 16, why, math.min(many + 1, 65535)
  end
  return struct.pack(SUM, states, from, reason, last, state, many, up, down, 0)
end

-- Appends changes to the state log. Too many of one day are summed up in its last entry. An entry without a change only
-- makes sure that there is a log.
local function note_states(key, now, changes)
  local day, known = floor(now / DAY), call('GET', key)
  if not known or #known < LOG_HEAD_SIZE then
    local head = struct.pack(LOG_HEAD, LOG_VERSION, day, #changes / CHANGE_SIZE)
    call('SET', key, head .. changes, 'PXAT', (floor(day / LOG_DAYS) + 1) * LOG_DAYS * DAY + LOG_KEPT_DAYS * DAY)
    return
  end
  local states = string.byte(changes)
  local version, last_day, many = struct.unpack(LOG_HEAD, known)
  if version ~= LOG_VERSION or states % 16 == floor(states / 16) then return end
  if last_day ~= day then many = 0 end
  local kept = string.sub(known, LOG_HEAD_SIZE + 1)
  if many == SUMMING and #kept >= SUM_SIZE then
    kept, changes = string.sub(kept, 1, -SUM_SIZE - 1), summed(string.sub(kept, -SUM_SIZE), changes)
  elseif many < MAX_CHANGES then -- a damaged log begins a new sum
    many = many + #changes / CHANGE_SIZE
  else
    many, changes = SUMMING, summed(nil, changes)
  end
  call('SET', key, struct.pack(LOG_HEAD, LOG_VERSION, day, many) .. kept .. changes, 'KEEPTTL')
end

-- service: for a result at a location, the id of its service; a location has no status before its first result
local function record(key, prefix, id, service, now, before, before_tag, tag, flags, ms, entry, rest, peer, event, changes)
  local packed = call('HGET', key, id)
  if not packed then
    if not service or call('HEXISTS', key, service) == 0 then return GONE end
    packed = UNCHECKED
  end
  if (string.byte(packed) or 0) > VERSION then return LATER end
  local last, stored_tag, hour, checks, up, up_ms = read(packed)
  if last == now and stored_tag == tag then return REPEATED end
  if now <= last or last ~= before or stored_tag ~= before_tag then return OTHER .. sized(packed) end

  local day_start = now - now % DAY
  local day = day_suffix(day_start / DAY)
  local history = prefix .. 'history:' .. id .. day
  if flags ~= UP and has(flags, BEGINS) then
    if last > 0 and last < day_start then
      local last_day = ':' .. floor(last / DAY)
      fit(prefix .. 'history:' .. id .. last_day)
      fit(prefix .. 'peers:' .. id .. last_day)
    end
    begin_day(history, day_start, entry)
  elseif call('APPEND', history, entry) == #entry then
    call('DEL', history)
    return CLEARED
  end

  local hour_now = floor(now / HOUR)
  if hour ~= hour_now then
    if last > 0 then settle(prefix .. 'rollup:' .. id, hour, checks, up, up_ms, hour_now) end
    hour, checks, up, up_ms = hour_now, 0, 0, 0
  end
  if not has(flags, UNKNOWN) then checks = checks + 1 end
  if has(flags, UP) then
    up, up_ms = up + 1, up_ms + ms
  else
    note_peer(prefix .. 'peers:' .. id .. day, day_start, now, peer)
  end
  if changes then note_states(prefix .. 'states:' .. id .. ':' .. floor(day_start / DAY / LOG_DAYS), now, changes) end
  if event then append(prefix .. 'outbox', event.epoch, event.number, event.text) end
  call('HSET', key, id, struct.pack(STATUS, VERSION, now, tag, hour, checks, up, up_ms) .. rest)
  return WRITTEN
end

-- prefixes of the keys, and which of the keys another node holds a later lease for
local prefixes, superseded = {}, {}
if ARGV[3] ~= '' then
  local fences = {}
  for i = 1, #ARGV[3] / 6 do fences[i] = string.sub(KEYS[i], 1, -7) .. 'fence' end
  for i, fence in ipairs(call('MGET', unpack(fences))) do
    if fence then
      local epoch = struct.unpack('<I6', ARGV[3], 6 * i - 5)
      superseded[i] = epoch > 0 and epoch < tonumber(fence)
    end
  end
end

local results, at, answers = ARGV[1], 1, {}
while at <= #results do
  local key, id, now, before, before_tag, tag, flags, ms, entry, rest
  key, id, now, before, before_tag, tag, flags, ms, entry, rest, at = struct.unpack(RESULT, results, at)
  local prefix = prefixes[key]
  if not prefix then
    prefix = string.sub(KEYS[key], 1, -7) -- less 'status'
    prefixes[key] = prefix
  end
  local peer, event, others, changes
  local is_superseded = superseded[key]
  if flags ~= UP then -- nearly all results are up and nothing else
    if not has(flags, UP) then peer, at = struct.unpack('<Bc0', results, at) end
    if has(flags, TURNS) then
      event = {}
      event.epoch, event.number, event.text, at = struct.unpack('<I6I8I2c0', results, at)
      if event.epoch == 0 then event.epoch = tonumber(call('GET', prefix .. 'fence') or '0') end
    end
    if has(flags, FENCED) then
      local location, fenced
      location, fenced, at = struct.unpack('<Bc0I6', results, at)
      local fence = fenced > 0 and call('GET', prefix .. 'fence:' .. location)
      is_superseded = fence and fenced < tonumber(fence)
    end
    if has(flags, WANTS) then
      local many
      many, at = struct.unpack('<B', results, at)
      others = {}
      for i = 1, many do others[i], at = struct.unpack('<Bc0', results, at) end
    end
    if has(flags, LOGS) then changes, at = struct.unpack('<I2c0', results, at) end
  end

  local answer
  if is_superseded then
    answer = SUPERSEDED .. sized(call('HGET', KEYS[key], id))
  else
    answer = record(KEYS[key], prefix, id, others and others[1], now, before, before_tag, tag, flags, ms, entry, rest, peer, event, changes)
  end
  if others then
    local code = string.sub(answer, 1, 1)
    if code == WRITTEN or code == REPEATED or code == OTHER then
      for _, other in ipairs(call('HMGET', KEYS[key], unpack(others))) do answer = answer .. sized(other) end
    end
  end
  answers[#answers + 1] = answer
end
return table.concat(answers)
