-- Shares the partitions among the nodes: one node reports that it is alive and what it holds, receives what it lacks,
-- and learns about the other nodes. Uses only this server's clock.
--
-- Partitions of services that are checked from anywhere are shared by all nodes; those of services that are checked
-- from a location, by the nodes there. A node's leases 0 to 255 are the former, followed by the latter for its own
-- location.
--
-- KEYS  1 nodes (hash: id to '<seen> <mode>@<location> <the node's own data>')
--       2 leases (hash: partition, or '<location>/<partition>', to '<id> <epoch>'; '-' as the id once it has been
--         returned); a lease lives as long as its node
--       3 the newest epoch; 4 resumed; 5 generation
-- ARGV  1 the node's id
--       2 its mode: j acquires what it lacks; c only what has been returned, because it has just reconnected and others
--         may be about to; l acquires nothing, because it is stopping; a is the only user of this server, so that all
--         others are certainly dead
--       3 a node silent for this long is dead (ms); 4 and forgotten after this long (ms)
--       5 the node's own data
--       6 the generation that it knows, '' for none; 7 a new one to use if there is none
--       8 what it holds: lease (2 bytes), epoch (6 bytes)
--       9 leases that it returns, 2 bytes each
--      10 an epoch that it has seen
--      11 its location, '' for none
--
-- The nodes' shares are equal, or differ by one. A node with a surplus is told how many of its partitions others lack.
--
-- Returns the time (ms); the generation; what the node now holds, as in 8; how many of these it should give up, and how
-- many at its location; 1 if others are about to give up what it lacks; how many partitions no node checks; then for
-- each node: id, seen, 1 if it is alive, how many of these partitions it holds, its own data

if redis.replicate_commands then redis.replicate_commands() end -- before Redis 7.0, required for writes after TIME

local HELD = '<I2I6'
local PARTITIONS = 256
local NOBODY = '-'

local call, floor, match = redis.call, math.floor, string.match
local id, mode, about, known = ARGV[1], ARGV[2], ARGV[5], ARGV[6]
local location = ARGV[11]
local ttl, forget = tonumber(ARGV[3]), tonumber(ARGV[4])
local alone = mode == 'a'

local time = call('TIME')
local now = time[1] * 1000 + floor(time[2] / 1000)

local generation = call('GET', KEYS[5])
if not generation then
  generation = ARGV[7]
  call('SET', KEYS[5], generation)
end
local replaced = known ~= '' and known ~= generation
if replaced and mode == 'j' then mode = 'c' end -- others have not reported yet what they hold

-- the nodes
local nodes, newest = {}, 0
local stored = call('HGETALL', KEYS[1])
for i = 1, #stored, 2 do
  local seen, how, place, text = match(stored[i + 1], '^(%d+) (%a)@(%S*) (.*)$')
  seen = tonumber(seen)
  if seen > now then -- the clock was set back
    seen = now
    call('HSET', KEYS[1], stored[i], string.format('%.0f', seen) .. ' ' .. how .. '@' .. place .. ' ' .. text)
  end
  if seen > newest then newest = seen end
  if stored[i] ~= id then
    if alone or now - seen > forget then
      call('HDEL', KEYS[1], stored[i])
    else
      nodes[stored[i]] = {seen = seen, mode = how, place = place, text = text, live = now - seen <= ttl}
    end
  end
end
if newest > 0 and now - newest > ttl then
  call('SET', KEYS[4], now, 'PX', ttl) -- this server was away, so all nodes get time to reconnect
end
call('HSET', KEYS[1], id, string.format('%.0f', now) .. ' ' .. mode .. '@' .. location .. ' ' .. about)
local own = {seen = now, mode = mode, place = location, text = about, live = true}
nodes[id] = own

local function lease_of(field)
  local place, partition = match(field, '^(.*)/(%d+)$')
  if not place then return tonumber(field) end
  if place == location then return PARTITIONS + partition end
end

local function field_of(lease)
  if lease < PARTITIONS then return lease end
  return location .. '/' .. lease - PARTITIONS
end

-- the leases
local owner, epochs = {}, {}
stored = call('HGETALL', KEYS[2])
for i = 1, #stored, 2 do
  local lease = lease_of(stored[i])
  if lease then
    local holder, epoch = match(stored[i + 1], '^(%S+) (%d+)$')
    owner[lease], epochs[lease] = holder, tonumber(epoch)
  end
end
local before = tonumber(call('GET', KEYS[3]) or 0)
local epoch = math.max(before, tonumber(ARGV[10]))

local function hold(lease, of)
  owner[lease], epochs[lease] = id, of
  call('HSET', KEYS[2], field_of(lease), id .. ' ' .. string.format('%.0f', of))
end

local function release(lease)
  owner[lease] = NOBODY
  call('HSET', KEYS[2], field_of(lease), NOBODY .. ' ' .. string.format('%.0f', epochs[lease]))
end

for i = 1, #ARGV[9], 2 do
  local lease = struct.unpack('<I2', ARGV[9], i)
  if owner[lease] == id then release(lease) end
end
local at, claimed = 1, {}
while at <= #ARGV[8] do
  local lease, of
  lease, of, at = struct.unpack(HELD, ARGV[8], at)
  claimed[lease] = true
  if owner[lease] == nil then
    hold(lease, of) -- the server has lost its data about this lease
  elseif of > epochs[lease] or (of == epochs[lease] and owner[lease] == NOBODY) then
    hold(lease, of) -- the server has lost the latest lease, or the node keeps what it had returned
  end
  if of > epoch then epoch = of end
end

-- Shares the partitions beginning at a lease among some of the nodes. Returns how many of this node's partitions others
-- lack, whether this node lacks partitions that they are about to return, and how many no node checks. Sets each node's
-- count.
local function share(first, members)
  for _, node in pairs(nodes) do node.count, node.share = 0, nil end
  local free, unheard, dead = {}, {}, {}
  for lease = first, first + PARTITIONS - 1 do
    if owner[lease] == id and mode == 'l' and not claimed[lease] then release(lease) end
    local holder = owner[lease]
    local node = holder and nodes[holder]
    if node then node.count = node.count + 1 end
    if holder == NOBODY then
      free[#free + 1] = lease
    elseif not holder then
      unheard[#unheard + 1] = lease
    elseif not node or not node.live then
      dead[#dead + 1] = lease
    end
  end

  -- each node's share; the remainder goes to the nodes that hold most
  local sharers = {}
  for other, node in pairs(members) do
    if node.live and node.mode ~= 'l' then sharers[#sharers + 1] = other end
  end
  table.sort(sharers, function(a, b)
    if nodes[a].count ~= nodes[b].count then return nodes[a].count > nodes[b].count end
    return a < b
  end)
  for i, other in ipairs(sharers) do
    nodes[other].share = floor(PARTITIONS / #sharers) + (i <= PARTITIONS % #sharers and 1 or 0)
  end

  local function take(from)
    while own.count < own.share and #from > 0 do
      epoch = epoch + 1
      hold(table.remove(from, 1), epoch)
      own.count = own.count + 1
    end
  end
  if mode ~= 'l' then take(free) end
  if mode == 'j' or alone then
    take(unheard)
    if alone or call('EXISTS', KEYS[4]) == 0 then take(dead) end
  end

  local wanted, offered = 0, 0
  for other, node in pairs(members) do
    if other ~= id and node.live then
      if node.share then wanted = wanted + math.max(0, node.share - node.count) end
      offered = offered + math.max(0, node.count - (node.share or 0))
    end
  end
  local excess = 0
  if own.share then excess = math.max(0, math.min(own.count - own.share, wanted)) end
  local soon = 0
  if own.share and own.count < own.share and offered > 0 then soon = 1 end
  return excess, soon, #free + #unheard + #dead
end

local excess, soon, free = share(0, nodes)
for _, node in pairs(nodes) do node.partitions = node.count end
local excess_there, soon_there = 0, 0
if location ~= '' then
  local there = {}
  for other, node in pairs(nodes) do
    if node.place == location then there[other] = node end
  end
  excess_there, soon_there = share(PARTITIONS, there)
end
if epoch > before then call('SET', KEYS[3], string.format('%.0f', epoch)) end

local holds = {}
for lease = 0, 2 * PARTITIONS - 1 do
  if owner[lease] == id then holds[#holds + 1] = struct.pack(HELD, lease, epochs[lease]) end
end
local answer = {now, generation, table.concat(holds), excess, excess_there, math.max(soon, soon_there), free}
for other, node in pairs(nodes) do
  answer[#answer + 1] = other
  answer[#answer + 1] = node.seen
  answer[#answer + 1] = node.live and 1 or 0
  answer[#answer + 1] = node.partitions
  answer[#answer + 1] = node.text
end
return answer
