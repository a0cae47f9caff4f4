-- Lets one replica load an entry for all.
--
-- A lease is '<token>|<position>|<versions>' of the load, or 'none' for a moment after a load whose result could not be
-- kept. Whoever knows a newer mark, or finds another version, does not wait for that load but takes the lease over.
--
-- KEYS[1] entry    KEYS[2] lease    KEYS[3...] versions
-- ARGV[1] token    ARGV[2] position of the load that would begin    ARGV[3] position of the newest mark that covers the entry
-- ARGV[4] lifetime of the lease in milliseconds
-- ARGV[5] last bytes of the entry that the caller has seen and cannot use; '' for none
-- ARGV[6] id that the first version gets, where it has none, before the load begins; '' to leave it so
-- ARGV[7] lifetime of that version in milliseconds
-- Returns { 'changed', entry, version, ... }, { 'held' }, { 'unkept' } or { 'taken', version, ... }; an absent version is ''.
local function parts(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local function below(a, b)
  local aMs, aSeq = parts(a)
  local bMs, bSeq = parts(b)
  return aMs < bMs or (aMs == bMs and aSeq < bSeq)
end

local versions, ids = {}, {}
for i = 3, #KEYS do
  local version = redis.call('GET', KEYS[i]) or ''
  versions[#versions + 1] = version
  ids[#ids + 1] = string.match(version, '^[^|]*')
end

local entry = redis.call('GET', KEYS[1])
if entry and string.sub(entry, -4) ~= ARGV[5] then
  return { 'changed', entry, unpack(versions) }
end

local held = redis.call('GET', KEYS[2])
if held == 'none' then
  return { 'unkept' }
end
if held then
  local position, version = string.match(held, '^[^|]*|([^|]*)|(.*)$')
  if position and version == table.concat(ids, '/') and not below(position, ARGV[3]) then
    return { 'held' }
  end
end
if ids[1] == '' and ARGV[6] ~= '' then
  ids[1] = ARGV[6]
  versions[1] = ARGV[6] .. (string.match(versions[1], '|.*$') or '|')
  redis.call('SET', KEYS[3], versions[1], 'PX', ARGV[7])
end
redis.call('SET', KEYS[2], ARGV[1] .. '|' .. ARGV[2] .. '|' .. table.concat(ids, '/'), 'PX', ARGV[4])
return { 'taken', unpack(versions) }
