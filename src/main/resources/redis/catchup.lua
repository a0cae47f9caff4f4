-- Tells a replica which marks it has missed, or all coarse ones where the log no longer shows what that was.
--
-- KEYS[1] table of coarse marks    KEYS[2] log
-- ARGV[1] position up to which the replica knows every mark; '' where it knows none
-- ARGV[2] most log entries to return: a replica that is further behind reads the table instead
-- Returns { last position of the log, 'log', entries as XRANGE has them } or { last position, 'table', field, position, ... }.
local function parts(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local function above(a, b)
  local aMs, aSeq = parts(a)
  local bMs, bSeq = parts(b)
  return aMs > bMs or (aMs == bMs and aSeq > bSeq)
end

local last, first = '0-0', nil
local info = redis.pcall('XINFO', 'STREAM', KEYS[2])
if not info.err then
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      last = info[i + 1]
    elseif info[i] == 'first-entry' and info[i + 1] then
      first = info[i + 1][1]
    end
  end
end

local known = ARGV[1]
if known ~= '' and known == last then
  return { last, 'log', {} }
end
if known ~= '' and above(last, known) and first and not above(first, known) then
  local entries = redis.call('XRANGE', KEYS[2], '(' .. known, '+', 'COUNT', tonumber(ARGV[2]) + 1)
  if #entries <= tonumber(ARGV[2]) then
    return { last, 'log', entries }
  end
end
local answer = { last, 'table' }
for _, item in ipairs(redis.call('HGETALL', KEYS[1])) do
  answer[#answer + 1] = item
end
return answer
