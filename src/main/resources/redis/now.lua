-- The time by the clock of the server that has the key.
--
-- KEYS  1 any
-- Returns epoch milliseconds.

local time = redis.call('TIME')
return time[1] * 1000 + math.floor(time[2] / 1000)
