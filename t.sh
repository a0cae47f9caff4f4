#!/bin/sh
cd /work/wt/models; nice ./mvnw -q -B test -Dtest="$1" -Dsurefire.failIfNoSpecifiedTests=false 2>&1 | grep -v "^\[INFO\] *$\|DEBUG" | awk '/Re-run Maven|MojoFailure|see the full stack/{next} {print}' | cut -c1-400 | head -${2:-100}
