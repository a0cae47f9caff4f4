-- Lengthens a reservation where it has not ended.
--
-- KEYS[...] reservations in each period, by the microseconds since 1970 until when each holds
-- ARGV[1] time in microseconds, '' for the server's    ARGV[2] id    ARGV[3] microseconds that it holds from now on
-- Returns in how many periods it holds.
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end

local held = 0
for _, reservations in ipairs(KEYS) do
  local until_ = redis.call('ZSCORE', reservations, ARGV[2])
  if until_ and tonumber(until_) > now then
    held = held + 1
    redis.call('ZADD', reservations, string.format('%.0f', now + ARGV[3]), ARGV[2])
    redis.call('PEXPIRE', reservations, string.format('%.0f', ARGV[3] / 1000 + 1000))
  end
end
return held
