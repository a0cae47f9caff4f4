-- Replaces the version of a fine scope, or marks it stale.
--
-- A version is '<random id>|<position of the last soft mark>'; either may be empty.
--
-- KEYS[1] version    KEYS[2...] entries to drop as well
-- ARGV[1] new random id; '' keeps the one that is there: a soft mark
-- ARGV[2] position of the soft mark; '' for none    ARGV[3] lifetime in milliseconds
-- Returns 1.
local id, soft = ARGV[1], ARGV[2]
if id == '' then
  id = string.match(redis.call('GET', KEYS[1]) or '', '^[^|]*')
end
redis.call('SET', KEYS[1], id .. '|' .. soft, 'PX', ARGV[3])
for i = 2, #KEYS do
  redis.call('UNLINK', KEYS[i])
end
return 1
