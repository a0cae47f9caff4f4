#!/usr/bin/env bash
# The commands of the guide "Railway Redis Setup Guide for Threadr", as they stand there, against a running instance: the same paths,
# headers and JSON fields, and what the guide promises of each.
#   docs/seed-guide-check.sh http://localhost:8080 your-key [log file of the instance]
# The key is a client key and a management key (API_KEYS and ADMIN_API_KEYS). ARTICLE_URL is what becomes a thread; the guide's own
# https://medium.com/@example/test-article where it is unset. Needs bash, curl, grep and awk. Exit code 0: all as promised.
set -uo pipefail

base=${1:?the address of the instance, such as http://localhost:8080}
base=${base%/}
key=${2:?a key for X-API-Key}
log=${3:-}
article=${ARTICLE_URL:-https://medium.com/@example/test-article}
broken=0

ok() { printf 'ok      %s\n' "$1"; }
bad() {
    printf 'BROKEN  %s\n        %s\n' "$1" "$2"
    broken=1
}

# has NAME JSON FIELD...: each a piece of JSON that must be there, as an extended regular expression.
has() {
    local name=$1 json=$2 field
    shift 2
    for field in "$@"; do
        if ! grep -qE "$field" <<<"$json"; then
            bad "$name" "no $field in: ${json:0:300}"
            return
        fi
    done
    ok "$name"
}

# "Look for this success message"
if [ -n "$log" ]; then
    if grep -q 'Redis connection established successfully' "$log"; then
        ok 'log: Redis connection established successfully'
    else
        bad 'log: Redis connection established successfully' "not in $log"
    fi
fi

# "Test Redis Connection"
health=$(curl -sS "$base/health")
has 'GET /health' "$health" '"status": ?"healthy"' '"services": ?\{' '"redis": ?"connected"'

# "Redis Statistics Endpoint"
stats=$(curl -sS -H "X-API-Key: $key" "$base/api/analytics/redis-stats")
has 'GET /api/analytics/redis-stats' "$stats" '"available": ?true' '"cache_entries": ?[0-9]+' '"rate_limit_entries": ?[0-9]+' \
    '"memory_used": ?"[0-9.]+[KMG]?B"' '"connected_clients": ?[0-9]+'

# "Performance Testing Commands": the first request generates and caches, the second takes less than 100 ms
generate() {
    curl -sS -X POST "$base/api/generate" -H 'Content-Type: application/json' -H "X-API-Key: $key" -d "{\"url\": \"$article\"}" \
        -w '\n%{http_code} %{time_total}'
}
first=$(generate)
second=$(generate)
has 'POST /api/generate, first' "$first" '"success": ?true' '"thread": ?\[\{"number": ?1,"total": ?[0-9]+,"content": ?"' \
    '"character_count": ?[0-9]+' '"source_type": ?"url"' '"title": ?"' '^200 '
has 'POST /api/generate, second' "$second" '"success": ?true' '"cached": ?true' '^200 '
# What else the machine does can only make it slower.
seconds=$( { printf '%s\n' "$second"; for _ in 1 2 3; do generate; echo; done; } | awk '/^[0-9]+ [0-9.]+$/ { print $2 }' | sort -n | head -n 1)
if awk -v took="$seconds" 'BEGIN { exit !(took > 0 && took < 0.1) }'; then
    ok "POST /api/generate from cache: $seconds s, fastest of four, promised are less than 0.1"
else
    bad 'POST /api/generate from cache' "took $seconds s, fastest of four, promised are less than 0.1"
fi
without='s/"cached":[a-z]*.*//'
if [ "$(head -n 1 <<<"$first" | sed "$without")" = "$(head -n 1 <<<"$second" | sed "$without")" ]; then
    ok 'POST /api/generate: the same thread twice'
else
    bad 'POST /api/generate' 'the second thread is another one'
fi

# "Monitor cache keys"
cache=$(curl -sS -H "X-API-Key: $key" "$base/api/cache-stats")
has 'GET /api/cache-stats' "$cache" '"threads": ?\{' '"hits": ?[0-9]+' '"misses": ?[0-9]+'

# Not a word to those who have no key
for path in /api/analytics/redis-stats /api/cache-stats; do
    status=$(curl -sS -o /dev/null -w '%{http_code}' "$base$path")
    if [ "$status" = 401 ]; then ok "GET $path without a key: 401"; else bad "GET $path without a key" "status $status"; fi
done

exit "$broken"
