-- Writes results, at most one per service: status, history and counts of each in one step.
--
-- KEYS  status hashes of the results' partitions; a partition's other keys have the same prefix. In a cluster, these
--       follow: the fences, and for the service and location of each result the history of the day, the rollup and, for
--       a failure, the peers of the day. While a slot is being migrated, Redis itself then rejects a call whose keys
--       are not all there, before anything is written
-- ARGV  1 the results, one after the other:
--         index of the key (a byte); service id (preceded by its length in a byte); timestamp (ms, 6 bytes);
--         outcome and flags of the history entry (a byte); response time (ms, 4 bytes);
--         response time and status code for the history (preceded by the length);
--         the numbers at the end of the status (preceded by their length); error (preceded by its length in 2 bytes);
--         unless it is up, the server that was reached (preceded by its length), see PeerLog;
--         if 128 is added to outcome and flags, the result is from one location of the service: the location (preceded
--         by its length); how many down locations make the service down (a byte); the maximum age of a status that
--         counts (ms, 6 bytes); the epoch in which the writer acquired the partition at that location (6 bytes), 0 to
--         skip the fence; the number of other locations (a byte), each preceded by its length
--       2 how long a day's history is kept after its end (ms), 0 for unlimited
--       3 for each of the keys, the epoch in which the writer acquired the partition (6 bytes), 0 to skip the fence;
--         empty to skip all fences
--
-- Formats: StatusCodec for a status, HistoryCodec for history, PeerLog for peers. The counts of the current hour are in
-- the status; the first result of a later hour moves them to the rollup hash.
--
-- A location has its own status, history and counts, under the id '<service id>@<location>'. The service adopts a
-- location's result if it agrees with the verdict of all locations: down if enough are down, otherwise up if one is up;
-- those without a recent result do not count. If two results have the same time, the later one is recorded a
-- millisecond later. The status of a location ends with the service's answer to its last result, see TOLD.
--
-- Returns 8 bytes for each result, since * 4 + the previous status: 0 unknown, 1 up, 2 down; or
--   -1  the service does not exist
--   -2  the status is newer than the result
--   -3  another node acquired the partition in a later epoch, see fence.lua
-- For a result from one location, this is for the location, and 16 bytes follow: the same for the service, or
--   -4  the service does not adopt it
-- and the time under which the service has recorded it (ms).
-- The last result of a service is not written again and yields the same answer as the first time, so that a batch whose
-- answer was lost can be sent again.

local RESULT = '<BBc0I6BI4Bc0Bc0I2c0'
local STATUS = '<BBI3I6I6I3I3I3I6I2'
local BINARY = 129
local BINARY_MARK = string.char(BINARY)
local HOUR, DAY = 3600000, 86400000
local HAS_TEXT, SAME_TEXT, NEAR = 32, 64, 192
local AT_LOCATION, NOT_ITS_OWN = 128, -4
local UP = 1
local MAX_PEERS, AGAIN = 16384, 255
local TOLD, TOLD_SIZE = '<i8i8', 16
local UNCHECKED = '0 0 0 0 0 0 0,0,0,0,0 '
local DAY_MARK = string.char(128, 0)
local OLD_DAY = 16777215

local call, char, floor = redis.call, string.char, math.floor

local function number(n)
  local out = ''
  while n >= 128 do
    out = out .. char(n % 128 + 128)
    n = floor(n / 128)
  end
  return out .. char(n)
end

local function status_of(outcome)
  if outcome > 2 then return 2 end
  return outcome
end

local function read_binary(packed)
  return struct.unpack(STATUS, packed, 2)
end

-- the previous version's format: without counts, and for a day without the mark
local function read_text(text)
  local last, outcome, since, before, err = string.match(text, '^(%d+) (%d+) (%d+) (%d) %d+ %d+ %S+ (.*)$')
  last = tonumber(last)
  return tonumber(outcome), tonumber(before), OLD_DAY, last, tonumber(since), floor(last / HOUR), 0, 0, 0, #err
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

local function begin_day(history, day_start, entry)
  if ARGV[2] == '0' then
    call('SET', history, entry)
  else
    call('SET', history, entry, 'PXAT', day_start + DAY + ARGV[2])
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

local function read(packed)
  if string.byte(packed) == BINARY then return read_binary(packed) end
  return read_text(packed)
end

-- packed is the status, if already read; told is appended to it
local function record(key, id, now, flags, ms, head, tail, err, peer, packed, told)
  packed = packed or call('HGET', key, id)
  if not packed then return -1 end

  local old_outcome, old_before, interval, last, since, hour, checks, up, up_ms, old_length = read(packed)
  if now < last then return -2 end
  if now == last then return since * 4 + old_before end

  local prefix = string.sub(key, 1, -7) -- less 'status'
  local hour_now = floor(now / HOUR)
  if hour ~= hour_now then
    if last > 0 then settle(prefix .. 'rollup:' .. id, hour, checks, up, up_ms, hour_now) end
    hour, checks, up, up_ms = hour_now, 0, 0, 0
  end
  local outcome = flags % 16
  checks = checks + 1
  if outcome == UP then up, up_ms = up + 1, up_ms + ms end

  local day_start = now - now % DAY
  local history = prefix .. 'history:' .. id .. day_suffix(day_start / DAY)
  local text = ''
  if err ~= '' then text = number(#err) .. err end
  local fresh = last < day_start
  if not fresh then
    local gap = now - last
    local off = gap - interval * 1000
    local entry
    if flags == 1 and off >= -64 and off < 64 then
      entry = char(NEAR + off) .. head
    else
      local form, said = flags, text
      if err ~= '' and old_length == #err and string.sub(packed, -#err) == err then
        form, said = flags - HAS_TEXT + SAME_TEXT, ''
      end
      if interval == OLD_DAY then
        entry = number(gap) .. char(form) .. head .. said
      else
        entry = char(form) .. number(gap) .. head .. said
        interval = floor((gap + 500) / 1000)
      end
    end
    -- the history was empty: it has been cleared meanwhile
    fresh = call('APPEND', history, entry) == #entry
  elseif last > 0 then
    local last_day = ':' .. floor(last / DAY)
    fit(prefix .. 'history:' .. id .. last_day)
    fit(prefix .. 'peers:' .. id .. last_day)
  end
  if fresh then
    begin_day(history, day_start, DAY_MARK .. char(flags) .. number(now - day_start) .. head .. text)
    interval = 0
  end
  if outcome ~= UP then note_peer(prefix .. 'peers:' .. id .. day_suffix(day_start / DAY), day_start, now, peer) end

  local before = status_of(old_outcome)
  if before ~= status_of(outcome) then since = now end
  call('HSET', key, id,
    BINARY_MARK .. struct.pack(STATUS, outcome, before, interval, now, since, hour, checks, up, up_ms, #err) .. tail .. err .. (told or ''))
  return since * 4 + before
end

-- the verdict of all locations: this one's new status and the others' recent ones
local function verdict(key, id, now, status, downs_needed, max_age, others)
  local downs, ups = 0, 0
  if status == 2 then downs = 1 else ups = 1 end
  local fields = {}
  for i = 1, #others do fields[i] = id .. '@' .. others[i] end
  local found = #others > 0 and call('HMGET', key, unpack(fields)) or {}
  for i = 1, #others do
    if found[i] then
      local outcome, _, _, last = read(found[i])
      if last > 0 and last + max_age >= now then
        if status_of(outcome) == 2 then downs = downs + 1 else ups = ups + 1 end
      end
    end
  end
  if downs >= downs_needed then return 2 end
  return ups > 0 and 1 or 0
end

local function record_at(location, downs_needed, max_age, epoch, others, key, id, now, flags, ms, head, tail, err, peer)
  if epoch > 0 then
    local fence = call('GET', string.sub(key, 1, -7) .. 'fence:' .. location)
    if fence and epoch < tonumber(fence) then return -3, NOT_ITS_OWN, 0 end
  end
  local own = call('HGET', key, id)
  if not own then return -1, NOT_ITS_OWN, 0 end
  local there = id .. '@' .. location
  local packed, told = call('HGET', key, there) or UNCHECKED, nil
  if string.byte(packed) == BINARY then
    packed, told = string.sub(packed, 1, -TOLD_SIZE - 1), string.sub(packed, -TOLD_SIZE)
  end

  local _, _, _, last = read(packed)
  local answer, at = NOT_ITS_OWN, 0
  if told and now == last then
    answer, at = struct.unpack(TOLD, told)
  elseif now > last and verdict(key, id, now, status_of(flags % 16), downs_needed, max_age, others) == status_of(flags % 16) then
    local _, _, _, own_last = read(own)
    at = math.max(now, own_last + 1)
    answer = record(key, id, at, flags, ms, head, tail, err, peer, own)
  end
  told = struct.pack(TOLD, answer, at)
  return record(key, there, now, flags, ms, head, tail, err, peer, packed, told), answer, at
end

local function locations(results, at)
  local location, downs_needed, max_age, epoch, many
  location, downs_needed, max_age, epoch, many, at = struct.unpack('<Bc0BI6I6B', results, at)
  local others = {}
  for i = 1, many do others[i], at = struct.unpack('<Bc0', results, at) end
  return at, location, downs_needed, max_age, epoch, others
end

-- indexes of the keys whose partitions another node holds now
local superseded = {}
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
  local key, id, now, flags, ms, head, tail, err, peer
  key, id, now, flags, ms, head, tail, err, at = struct.unpack(RESULT, results, at)
  if flags % 16 ~= UP then peer, at = struct.unpack('<Bc0', results, at) end
  if flags < AT_LOCATION then
    local code = superseded[key] and -3 or record(KEYS[key], id, now, flags, ms, head, tail, err, peer)
    answers[#answers + 1] = struct.pack('<i8', code)
  else
    local location, downs_needed, max_age, epoch, others
    at, location, downs_needed, max_age, epoch, others = locations(results, at)
    answers[#answers + 1] = struct.pack('<i8i8i8', record_at(location, downs_needed, max_age, epoch, others,
      KEYS[key], id, now, flags - AT_LOCATION, ms, head, tail, err, peer))
  end
end
return table.concat(answers)
