-- Decides independent claims on limits, one after the other. Each is of one caller, and all or nothing.
--
-- Whole microseconds since 1970 throughout. A refusal writes nothing, so no reset moves by it. Every key expires a second
-- after it says nothing more.
--
-- ARGV[1] time, '' for the server's    ARGV[2] number of claims
-- Then for each claim: 'take', 'look', 'return' or 'undo' (which is sent once, so that nothing need be remembered of it);
--   nonce; time at which the nonce was taken, '0' else; number of limits
--   and for each limit: kind; amount; cost; '1' for a shadow; two numbers last seen of its state, '0' '0' for none; four of its kind:
--     'rate'    microseconds between units, '0', '0', '0'
--     'window'  number of the caller's period; when that begins, when it ends, when the next one ends
--     'slots'   microseconds for which a slot is held, '0', '0', '0'
-- KEYS    for each claim: the set of what was returned, for 'return' only; then one for each limit:
--     'rate'    string: the theoretical arrival time (TAT) of the next unit
--     'window'  hash: p number of the period, n units taken, and what replicas settled (settle.lua)
--     'slots'   sorted set: slots by the time at which they expire
-- Returns numbers: the time; for each claim 1 or 0, then for each limit whether it admits, what remains, time to reset, time to
-- retry (0 if admitted, -1 for never), and its state in two numbers, as they come back as last seen.
local call, tonumber, floor, max, min = redis.call, tonumber, math.floor, math.max, math.min
local now = tonumber(ARGV[1])
if not now then
  local time = call('TIME')
  now = time[1] * 1000000 + time[2]
end

local function text(value)
  return string.format('%.0f', value)
end
local function millis(micros)
  return text(math.ceil(micros / 1000) + 1000)
end

-- What each kind makes of a limit. Made when a claim needs it: most need one kind, and functions are what a short script
-- takes its time for.
local make = {}

function make.rate()
  local kind = {}

  local function keep(limit, tat)
    limit.tat = tat
    call('SET', limit.key, text(tat), 'PX', millis(tat - now))
  end

  function kind.look(limit)
    local tat = max(tonumber(call('GET', limit.key) or 0), limit.seen)
    local ceiling = now + limit.amount * limit.a
    -- A clock that was set back must not leave a debt that the limit could not have given.
    tat = max(now, min(tat, ceiling))
    limit.tat, limit.ceiling, limit.wait = tat, ceiling, tat + limit.cost * limit.a - ceiling
  end

  function kind.take(limit)
    keep(limit, limit.tat + limit.cost * limit.a)
  end

  function kind.undo(limit, at)
    if limit.tat <= now or now >= at + limit.amount * limit.a then
      return false
    end
    keep(limit, max(now, limit.tat - limit.cost * limit.a))
    return true
  end

  function kind.horizon(limit)
    return limit.amount * limit.a
  end

  function kind.report(limit)
    return floor((limit.ceiling - limit.tat) / limit.a), limit.tat - now, limit.tat, 0
  end

  return kind
end

function make.window()
  local kind = {}

  local function keep(limit, used)
    limit.used = used
    if limit.isNew then
      call('DEL', limit.key)
    end
    call('HSET', limit.key, 'p', text(limit.period), 'n', text(used))
    call('PEXPIRE', limit.key, millis(limit.left))
  end

  function kind.look(limit)
    local stored = call('HMGET', limit.key, 'p', 'n')
    local period, begin, ending = limit.a, limit.b, limit.c
    if now >= ending then
      period, begin, ending = period + 1, ending, limit.d
    elseif now < begin then
      period, begin, ending = period - 1, 0, begin
    end
    local kept = tonumber(stored[1] or -1)
    limit.isNew = kept < period
    local used = limit.isNew and 0 or tonumber(stored[2])
    -- A period that has begun does not end because a clock was set back.
    if kept > period then
      period, begin, ending = kept, ending, kept > limit.a and limit.d or limit.c
    end
    if limit.seen == period then
      used = max(used, limit.seenToo)
    end
    limit.period, limit.begin, limit.left, limit.used = period, begin, ending - now, used
    limit.wait = used + limit.cost > limit.amount and limit.left or 0
  end

  function kind.take(limit)
    keep(limit, limit.used + limit.cost)
  end

  function kind.undo(limit, at)
    -- What was taken in the period before has no effect on this one.
    if limit.used <= 0 or at < limit.begin then
      return false
    end
    keep(limit, max(0, limit.used - limit.cost))
    return true
  end

  function kind.horizon(limit)
    return limit.left
  end

  function kind.report(limit)
    return max(0, limit.amount - limit.used), limit.left, limit.period, limit.used
  end

  return kind
end

function make.slots()
  local kind = {}

  local function slot(nonce, index)
    return nonce .. ':' .. index
  end

  function kind.look(limit)
    local later = '(' .. text(now)
    limit.used = call('ZCOUNT', limit.key, later, '+inf')
    limit.wait = 0
    local over = limit.used + limit.cost - limit.amount
    if over > 0 and limit.cost <= limit.amount then
      local freed = call('ZRANGEBYSCORE', limit.key, later, '+inf', 'WITHSCORES', 'LIMIT', over - 1, 1)
      limit.wait = tonumber(freed[2]) - now
    elseif over > 0 then
      limit.wait = limit.a
    end
  end

  function kind.take(limit, nonce)
    call('ZREMRANGEBYSCORE', limit.key, '-inf', text(now))
    for index = 1, limit.cost do
      call('ZADD', limit.key, text(now + limit.a), slot(nonce, index))
    end
    limit.used = limit.used + limit.cost
    call('PEXPIRE', limit.key, max(tonumber(millis(limit.a)), call('PTTL', limit.key)))
  end

  function kind.undo(limit, _, nonce)
    call('ZREMRANGEBYSCORE', limit.key, '-inf', text(now))
    local freed = 0
    for index = 1, limit.cost do
      freed = freed + call('ZREM', limit.key, slot(nonce, index))
    end
    return freed > 0
  end

  function kind.report(limit)
    local last = call('ZREVRANGE', limit.key, 0, 0, 'WITHSCORES')
    return max(0, limit.amount - limit.used), max(0, tonumber(last[2] or now) - now), limit.used, 0
  end

  return kind
end

local kinds = {}
local function kindOf(name)
  local kind = kinds[name]
  if not kind then
    kind = make[name]()
    kinds[name] = kind
  end
  return kind
end

-- Gives back what a nonce has taken. Slots are known one by one, so nobody can free one twice; of units, somebody has to
-- remember who gave them back: the set, where there is one.
local function giveBack(limits, returned, nonce, at)
  local horizon = 0
  for _, limit in ipairs(returned and limits or {}) do
    horizon = limit.kind.horizon and max(horizon, limit.kind.horizon(limit)) or horizon
  end
  if horizon > 0 and call('ZSCORE', returned, nonce) then
    return false
  end
  local done = false
  for _, limit in ipairs(limits) do
    if limit.kind.undo(limit, at, nonce) then
      done = true
      limit.seen, limit.seenToo = 0, 0
      limit.kind.look(limit)
      limit.admits = limit.wait <= 0
    end
  end
  if done and horizon > 0 then
    call('ZREMRANGEBYSCORE', returned, '-inf', text(now))
    call('ZADD', returned, text(now + horizon), nonce)
    call('PEXPIRE', returned, max(tonumber(millis(horizon)), call('PTTL', returned)))
  end
  return done
end

local answer, said = { now }, 1
local nextKey, nextArgument = 1, 3

for _ = 1, tonumber(ARGV[2]) do
  local purpose, nonce, at = ARGV[nextArgument], ARGV[nextArgument + 1], tonumber(ARGV[nextArgument + 2])
  local count = tonumber(ARGV[nextArgument + 3])
  nextArgument = nextArgument + 4
  local returned
  if purpose == 'return' then
    returned, nextKey = KEYS[nextKey], nextKey + 1
  end

  local limits, done = {}, true
  for index = 1, count do
    local i = nextArgument
    local limit = {
      key = KEYS[nextKey], kind = kindOf(ARGV[i]), amount = tonumber(ARGV[i + 1]), cost = tonumber(ARGV[i + 2]),
      isShadow = ARGV[i + 3] == '1', seen = tonumber(ARGV[i + 4]), seenToo = tonumber(ARGV[i + 5]),
      a = tonumber(ARGV[i + 6]), b = tonumber(ARGV[i + 7]), c = tonumber(ARGV[i + 8]), d = tonumber(ARGV[i + 9]),
    }
    nextKey, nextArgument = nextKey + 1, i + 10
    limit.kind.look(limit)
    limit.admits = limit.wait <= 0
    done = done and (limit.admits or limit.isShadow)
    limits[index] = limit
  end

  if purpose == 'return' or purpose == 'undo' then
    done = giveBack(limits, returned, nonce, at)
  elseif done and purpose == 'take' then
    for _, limit in ipairs(limits) do
      if limit.admits then
        limit.kind.take(limit, nonce)
      end
    end
  end

  said = said + 1
  answer[said] = done and 1 or 0
  for _, limit in ipairs(limits) do
    local remaining, reset, state, more = limit.kind.report(limit)
    answer[said + 1] = limit.admits and 1 or 0
    answer[said + 2] = remaining
    answer[said + 3] = reset
    answer[said + 4] = limit.admits and 0 or (limit.cost > limit.amount and -1 or limit.wait)
    answer[said + 5] = state
    answer[said + 6] = more
    said = said + 6
  end
end
return answer
