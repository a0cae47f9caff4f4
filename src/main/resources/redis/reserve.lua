-- Reserves a unit of a quota in each of several periods, all or none. The same id is reserved once.
--
-- A unit is used if it is counted, or reserved by somebody whose time is not over.
--
-- KEYS[1, 3, ...] counter of a period, a hash of 'm<number>'
-- KEYS[2, 4, ...] reservations in that period, by the microseconds since 1970 until when each holds
-- ARGV[1] time in microseconds, '' for the server's    ARGV[2] id, '' to only look    ARGV[3] microseconds that it holds
-- Then for each period: when it begins and when it ends, in microseconds; its limit; the field in which the caller of this
-- script counts, '' for none; and a number that this field has reached
-- Returns the time; 'moved' if that is not within all periods, else 'reserved', 'exhausted' or 'seen'; then for each period
-- the sum of all other fields, the number of that field, and the number of reservations, as they are afterwards.
local WORDS = 5
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end

local function text(number)
  return string.format('%.0f', number)
end

local id, lease = ARGV[2], tonumber(ARGV[3])
local periods = {}
for i = 1, #KEYS / 2 do
  local at = 4 + WORDS * (i - 1)
  local period = { counter = KEYS[2 * i - 1], reservations = KEYS[2 * i], limit = tonumber(ARGV[at + 2]) }
  if now < tonumber(ARGV[at]) or now >= tonumber(ARGV[at + 1]) then
    return { text(now), 'moved' }
  end
  period.own, period.others = tonumber(ARGV[at + 4]), 0
  local cells = redis.call('HGETALL', period.counter)
  for cell = 1, #cells, 2 do
    local number = tonumber(string.match(cells[cell + 1], '^m(%d+)$')) or 0
    if cells[cell] == ARGV[at + 3] then
      period.own = math.max(period.own, number)
    else
      period.others = period.others + number
    end
  end
  period.held = redis.call('ZCOUNT', period.reservations, '(' .. text(now), '+inf')
  local until_ = id ~= '' and redis.call('ZSCORE', period.reservations, id)
  period.isHeld = until_ and tonumber(until_) > now
  periods[i] = period
end

local verdict = id == '' and 'seen' or 'reserved'
for _, period in ipairs(periods) do
  if id ~= '' and not period.isHeld and period.others + period.own + period.held >= period.limit then
    verdict = 'exhausted'
  end
end
local answer = { text(now), verdict }
for _, period in ipairs(periods) do
  if verdict == 'reserved' then
    redis.call('ZREMRANGEBYSCORE', period.reservations, '-inf', text(now))
    redis.call('ZADD', period.reservations, text(now + lease), id)
    redis.call('PEXPIRE', period.reservations, text(lease / 1000 + 1000))
    period.held = period.held + (period.isHeld and 0 or 1)
  end
  answer[#answer + 1] = period.others
  answer[#answer + 1] = period.own
  answer[#answer + 1] = period.held
end
return answer
