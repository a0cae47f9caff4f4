-- Appends marks to the invalidation log and keeps the highest position of each coarse one in a table.
--
-- Positions are ids of the log. They only ever rise, also where the log was lost, or the server's clock was set back: each is
-- above the last one of the log and above the highest that the sender has seen.
--
-- KEYS[1] table of coarse marks (hash: mark -> position), without TTL    KEYS[2] log (stream), without TTL
-- ARGV[1] highest position that the sender has seen, '0-0' for none
-- ARGV[2] most entries that the log keeps        ARGV[3] longest time that it keeps one, in milliseconds
-- ARGV[4] most fields of the table; where there are as many, the tags fold into one mark on all tags
-- ARGV[5...] marks, such as 'hard:category:models'; none appends an entry without marks, a fence
-- Returns the position, a string.
local function parts(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local ms, seq = parts(ARGV[1])
local info = redis.pcall('XINFO', 'STREAM', KEYS[2])
if not info.err then
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      local lastMs, lastSeq = parts(info[i + 1])
      if lastMs > ms or (lastMs == ms and lastSeq > seq) then
        ms, seq = lastMs, lastSeq
      end
    end
  end
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local id = now > ms and string.format('%.0f-0', now) or string.format('%.0f-%.0f', ms, seq + 1)

local entry = { 'fence', '1' }
local function tell(mark)
  entry[#entry + 1] = tostring(#entry / 2 - 1)
  entry[#entry + 1] = mark
end
local function keep(mark)
  redis.call('HSET', KEYS[1], mark, id)
  tell(mark)
end

-- Both strengths at once: a table full of one would else make each tag of the other a mark on all.
local function foldTags()
  local found = {}
  for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    local strength = string.match(field, '^(%a+):tag:')
    if strength then
      redis.call('HDEL', KEYS[1], field)
      found[strength] = true
    end
  end
  for _, strength in ipairs({ 'hard', 'soft' }) do
    if found[strength] then
      keep(strength .. ':tags')
    end
  end
end

for i = 5, #ARGV do
  local kind = string.match(ARGV[i], '^%a+:(%a+)')
  if kind == 'caller' or kind == 'key' then
    tell(ARGV[i])
  else
    if kind == 'tag' and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then
      foldTags()
    end
    keep(ARGV[i])
  end
end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], id, unpack(entry))
redis.call('XTRIM', KEYS[2], 'MINID', '~', string.format('%.0f-0', now - tonumber(ARGV[3])))
return id
