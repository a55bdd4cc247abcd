-- Reads the counts of a service's last hours and days as one string: a hundred services at once would otherwise yield
-- tens of thousands of answers to parse.
--
-- KEYS  1 rollup hash   2 status hash, which has the counts of the current hour
-- ARGV  1 first hour   2 number of hours   3 first day   4 number of days   5 service id
-- Returns the counts, "checks up milliseconds", hours before days, each followed by a semicolon; nothing for none.

local hours, days = tonumber(ARGV[2]), tonumber(ARGV[4])
local counts = {}
for i = 1, hours + days do counts[i] = '' end

-- index of an hour or a day in the counts; nil if outside
local function place(kind, at)
  local first, many = ARGV[kind == 'h' and 1 or 3], kind == 'h' and hours or days
  if at >= first + 0 and at - first < many then return (kind == 'h' and 0 or hours) + at - first + 1 end
end

-- reads the whole hash: single lookups would each search it from its beginning
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local i_th = place(string.sub(all[i], 1, 1), tonumber(string.sub(all[i], 2)))
  if i_th then counts[i_th] = all[i + 1] end
end

local function add(i_th, checks, up, ms)
  if not i_th then return end
  local n, ups, milliseconds = string.match(counts[i_th], '^(%d+) (%d+) (%d+)$')
  counts[i_th] = string.format('%.0f %.0f %.0f', (n or 0) + checks, (ups or 0) + up, (milliseconds or 0) + ms)
end

local status = redis.call('HGET', KEYS[2], ARGV[5])
local version = status and string.byte(status)
if version == 129 or version == 130 then
  local hour, checks, up, ms = struct.unpack('<I3I3I3I6', status, version == 129 and 19 or 12)
  if checks > 0 then
    add(place('h', hour), checks, up, ms)
    add(place('d', math.floor(hour / 24)), checks, up, ms)
  end
end
return table.concat(counts, ';') .. ';'
