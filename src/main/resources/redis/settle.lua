-- Charges what one replica alone has allowed while Redis was away. May be repeated.
--
-- Microseconds since 1970. KEYS for each item: state as in decide.lua; marks of settlements (hash: epoch -> number of the last)
-- ARGV[1] time, '' for the server's    ARGV[2] epoch: random id of the replica's process
-- Then for each item its kind and five values:
--   'rate'    number of the settlement, which rises; amount; microseconds between units; units not yet replenished; '0'
--   'window'  number of the period; units taken by this epoch in it, in all; when it begins; when it ends;
--             how many of these units Redis had counted, which it may have lost
--   'slots'   when the slot expires, '0' if it is free; its name; '0'; '0'; '0'
-- Returns the number of items that changed something.
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end
local epoch = ARGV[2]
local function text(value)
  return string.format('%.0f', value)
end
local function millis(micros)
  return text(math.ceil(micros / 1000) + 1000)
end

local kinds = {}

function kinds.rate(state, marks, number, amount, interval, units)
  local window = tonumber(amount) * tonumber(interval)
  if tonumber(redis.call('HGET', marks, epoch) or 0) >= tonumber(number) then
    return 0
  end
  local tat = math.max(now, tonumber(redis.call('GET', state) or 0))
  tat = math.min(tat + tonumber(units) * tonumber(interval), now + window)
  redis.call('SET', state, text(tat), 'PX', millis(tat - now))
  redis.call('HSET', marks, epoch, number)
  -- By then all that was allowed here has been replenished, and nobody would repeat it.
  redis.call('PEXPIRE', marks, millis(window))
  return 1
end

function kinds.window(state, _, period, total, begin, ending, told)
  if now < tonumber(begin) or now >= tonumber(ending) then
    return 0
  end
  local stored = redis.call('HMGET', state, 'p', 'n', epoch)
  local kept = tonumber(stored[1] or -1)
  if kept > tonumber(period) then
    return 0
  end
  local used, before = tonumber(stored[2] or 0), math.max(tonumber(stored[3] or 0), tonumber(told))
  if kept < tonumber(period) then
    redis.call('DEL', state)
    used = 0
  end
  local more = tonumber(total) - before
  if more <= 0 then
    return 0
  end
  redis.call('HSET', state, 'p', period, 'n', text(used + more), epoch, total)
  redis.call('PEXPIRE', state, millis(tonumber(ending) - now))
  return 1
end

function kinds.slots(state, _, expiry, slot)
  if expiry == '0' then
    return redis.call('ZREM', state, slot)
  end
  if tonumber(expiry) <= now then
    return 0
  end
  redis.call('ZADD', state, expiry, slot)
  redis.call('PEXPIRE', state, math.max(tonumber(millis(tonumber(expiry) - now)), redis.call('PTTL', state)))
  return 1
end

local changed = 0
for item = 0, #KEYS / 2 - 1 do
  local first = 3 + item * 6
  changed = changed + kinds[ARGV[first]](KEYS[item * 2 + 1], KEYS[item * 2 + 2], ARGV[first + 1], ARGV[first + 2],
    ARGV[first + 3], ARGV[first + 4], ARGV[first + 5])
end
return changed
