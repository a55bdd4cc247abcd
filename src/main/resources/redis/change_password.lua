-- Sets the password and starts a new epoch, which ends all sessions.
--
-- KEYS  1 settings hash
-- ARGV  1 hash of the password
-- Returns the epoch.

keep(KEYS[1], 'passwordHash')
keep(KEYS[1], 'sessionEpoch')
redis.call('HSET', KEYS[1], 'passwordHash', ARGV[1])
return redis.call('HINCRBY', KEYS[1], 'sessionEpoch', 1)
