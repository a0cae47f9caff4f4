-- Counts members that are present, and reads some of them at the same moment.
--
-- KEYS[1] hash of values by field    KEYS[2] members that are present, by the microseconds since when
-- ARGV[1] microseconds: those count that are present since then or later    ARGV[2, ...] fields to read
-- Returns the number, then the value of each field, '' where there is none.
local answer = { redis.call('ZCOUNT', KEYS[2], ARGV[1], '+inf') }
for i = 2, #ARGV do
  answer[i] = redis.call('HGET', KEYS[1], ARGV[i]) or ''
end
return answer
