-- Counts fields of a record that are different from all before, by estimate. May be repeated and reordered.
--
-- KEYS[1] HyperLogLog
-- ARGV[1] Unix time in seconds at which the record expires, '0' for never    ARGV[2...] fields
-- Returns nothing of interest.
for i = 2, #ARGV do
  redis.call('PFADD', KEYS[1], ARGV[i])
end
if ARGV[1] ~= '0' then
  redis.call('EXPIREAT', KEYS[1], ARGV[1])
end
return {}
