#!/bin/sh
# Feeds the packed formats with whatever libFuzzer comes up with, for SECONDS (default 60).
# A crash leaves its input beside the build and fails the run.
set -eu
seconds="${1:-60}"
root="$(cd "$(dirname "$0")/../.." && pwd)"
build="${FUZZ_BUILD:-$root/.build/fuzz}"
mkdir -p "$build/corpus"
cd "$root"
modules="Health Guidance Programmes Monitoring"
objects=""
for module in $modules; do
  swiftc -swift-version 6 -O -wmo -parse-as-library -sanitize=fuzzer -I "$build" \
    -module-name "$module" -emit-module -emit-module-path "$build/$module.swiftmodule" \
    -c $(find "Sources/$module" -name '*.swift' | sort) -o "$build/$module.o"
  objects="$objects $build/$module.o"
done
swiftc -swift-version 6 -O -parse-as-library -sanitize=fuzzer -I "$build" \
  -module-name Fuzz Tools/fuzz/FuzzTargets.swift $objects -o "$build/fuzz"
cp -n Tools/fuzz/seeds/* "$build/corpus/" 2>/dev/null || true
"$build/fuzz" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 \
  -artifact_prefix="$build/" -print_final_stats=1 "$build/corpus"
