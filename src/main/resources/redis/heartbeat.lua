-- Tells whether the data is what a replica last saw of it, proves that writes work, and reads the clock.
--
-- A generation is the random id of the data. The tide only ever rises: each heartbeat of each replica adds one. No
-- generation means that the data is gone; a tide that is not above the highest that the caller has seen, in the same
-- generation, means that the data is older than it was (a restored snapshot, a fail-over to a replica that lagged). In
-- both cases the data becomes a new generation, so that everybody notices.
--
-- KEYS[1] generation    KEYS[2] tide
-- ARGV[1] generation that the caller knows, empty for none
-- ARGV[2] highest tide that the caller has seen in it
-- ARGV[3] a fresh random id
-- Returns { generation, tide, server time in microseconds }, all as strings. Both keys live without TTL.
local time = redis.call('TIME')
local generation = redis.call('GET', KEYS[1])
local tide = redis.call('INCR', KEYS[2])
local older = generation == ARGV[1] and tide <= tonumber(ARGV[2])
if not generation or older then
  generation = ARGV[3]
  redis.call('SET', KEYS[1], generation)
end
return { generation, string.format('%.0f', tide), string.format('%.0f', time[1] * 1000000 + time[2]) }
