-- Merges values into fields of a record, as Maximum, Register and Member do. May be repeated and reordered.
--
-- KEYS[1] hash of values by field    KEYS[2] members that are present, by the microseconds since when (only for MEMBERS)
-- ARGV[1] Unix time in seconds at which the record expires, '0' for never; with a '!' behind it, fields that hold something are
--         left as they are: of two who claim one, the first has it, whatever their clocks say
-- ARGV[2, 4, ...] field    ARGV[3, 5, ...] value
--   'm<number>'                                                   the greater counts
--   'r<version>=<text>', 'r<version>!'                            the later counts
--   's<first><last><removed><bytes of the first text>:<texts>'    first is the least, last and removed are the greatest; the
--                                                                 texts are erased where removed is not less. The second
--                                                                 text is absent where first and last are the same
-- Versions are of fixed width, so they are compared as strings; the one that is all zeros says that there is none.
-- Returns the values as they were before, '' where there was none. Fails, and changes nothing, where two differ in kind.
local WIDTH = 33
local NONE = '0000000000000000-0000000000000000'

local function member(value)
  local first = string.sub(value, 2, WIDTH + 1)
  local last = string.sub(value, WIDTH + 2, 2 * WIDTH + 1)
  local removed = string.sub(value, 2 * WIDTH + 2, 3 * WIDTH + 1)
  local length, from = string.match(value, '^(%d+):()', 3 * WIDTH + 2)
  local firstData = string.sub(value, from, from + length - 1)
  local lastData = first == last and firstData or string.sub(value, from + length)
  return { first = first, last = last, removed = removed, firstData = firstData, lastData = lastData }
end

local function text(it)
  local firstData = it.first > it.removed and it.firstData or ''
  local lastData = it.last > it.removed and it.lastData or ''
  local data = it.first == it.last and firstData or firstData .. lastData
  return 's' .. it.first .. it.last .. it.removed .. #firstData .. ':' .. data
end

local merged = {
  m = function(one, other)
    return tonumber(string.sub(other, 2)) > tonumber(string.sub(one, 2)) and other or one
  end,
  r = function(one, other)
    return string.sub(other, 2, WIDTH + 1) > string.sub(one, 2, WIDTH + 1) and other or one
  end,
  s = function(one, other)
    local a, b = member(one), member(other)
    if a.first == NONE or (b.first ~= NONE and b.first < a.first) then
      a.first, a.firstData = b.first, b.firstData
    end
    if b.last > a.last then
      a.last, a.lastData = b.last, b.lastData
    end
    if b.removed > a.removed then
      a.removed = b.removed
    end
    return text(a)
  end,
}

local expiry, claim = string.match(ARGV[1], '^(%d+)(!?)$')
local before, after = {}, {}
for i = 2, #ARGV, 2 do
  local found = redis.call('HGET', KEYS[1], ARGV[i]) or ''
  local value = ARGV[i + 1]
  if found ~= '' then
    if string.sub(found, 1, 1) ~= string.sub(value, 1, 1) then
      return redis.error_reply('MISMATCH a value of this field is of another kind')
    end
    value = claim == '!' and found or merged[string.sub(value, 1, 1)](found, value)
  end
  before[#before + 1] = found
  after[#after + 1] = value
end
for i, value in ipairs(after) do
  local field = ARGV[2 * i]
  if value ~= before[i] then
    redis.call('HSET', KEYS[1], field, value)
  end
  if KEYS[2] then
    local it = member(value)
    if it.last > it.removed then
      local since = it.first > it.removed and it.first or it.last
      redis.call('ZADD', KEYS[2], string.match(since, '^0*(%d+)%-'), field)
    else
      redis.call('ZREM', KEYS[2], field)
    end
  end
end
if expiry ~= '0' then
  for _, key in ipairs(KEYS) do
    redis.call('EXPIREAT', key, expiry)
  end
end
return before
