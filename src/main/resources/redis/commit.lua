-- Ends a reservation: what it stood for is counted from now on, or not used at all. May be repeated and reordered.
--
-- KEYS[1, 3, ...] counter of a period, a hash of 'm<number>'
-- KEYS[2, 4, ...] reservations in that period, by the microseconds since 1970 until when each holds
-- ARGV[1] time in microseconds, '' for the server's    ARGV[2] id
-- Then for each period: the field in which the caller of this script counts; the number that it has reached, '' to count
-- nothing; and the Unix time in seconds at which the counter expires
-- Returns the time, 'ended', and for each period the sum of all other fields, the number of that field, and the number of
-- reservations, as they are afterwards.
local WORDS = 3
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end

local function text(number)
  return string.format('%.0f', number)
end

local answer = { text(now), 'ended' }
for i = 1, #KEYS / 2 do
  local counter, reservations = KEYS[2 * i - 1], KEYS[2 * i]
  local at = 3 + WORDS * (i - 1)
  local field, total = ARGV[at], tonumber(ARGV[at + 1])
  redis.call('ZREM', reservations, ARGV[2])
  local own, others = 0, 0
  local cells = redis.call('HGETALL', counter)
  for cell = 1, #cells, 2 do
    local number = tonumber(string.match(cells[cell + 1], '^m(%d+)$')) or 0
    if cells[cell] == field then
      own = number
    else
      others = others + number
    end
  end
  if total and total > own then
    own = total
    redis.call('HSET', counter, field, 'm' .. text(total))
    redis.call('EXPIREAT', counter, ARGV[at + 2])
  end
  answer[#answer + 1] = others
  answer[#answer + 1] = own
  answer[#answer + 1] = redis.call('ZCOUNT', reservations, '(' .. text(now), '+inf')
end
return answer
