-- Keeps an entry, unless it is outdated or another load is in charge of it, and ends the lease of its load.
--
-- KEYS[1] entry    KEYS[2] lease    KEYS[3...] versions
-- ARGV[1] token of the lease
-- ARGV[2] entry    ARGV[3] its lifetime in milliseconds
-- ARGV[4] lifetime of the first version, which must outlive the entry; '0' where it need not
-- ARGV[5...] ids of the versions when the load began, '' for an absent one
-- Returns 1 if the entry was kept, else 0.
local held = redis.call('GET', KEYS[2])
local ours = held and string.sub(held, 1, #ARGV[1] + 1) == ARGV[1] .. '|'
if held and held ~= 'none' and not ours then
  return 0
end
local kept = 1
for i = 3, #KEYS do
  local id = string.match(redis.call('GET', KEYS[i]) or '', '^[^|]*')
  if id ~= ARGV[i + 2] then
    kept = 0
  end
end
if kept == 1 then
  if ARGV[4] ~= '0' then
    redis.call('PEXPIRE', KEYS[3], ARGV[4])
  end
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
end
if ours then
  redis.call('DEL', KEYS[2])
end
return kept
