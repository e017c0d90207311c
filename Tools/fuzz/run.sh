#!/bin/sh
# Feeds the packed formats, and the reader of CSV files with the reader of their rows, with whatever
# libFuzzer comes up with, for SECONDS (default 60), shared between the two.
# A crash leaves its input beside the build and fails the run.
set -eu
seconds="${1:-60}"
share=$(((seconds + 1) / 2))
root="$(cd "$(dirname "$0")/../.." && pwd)"
build="${FUZZ_BUILD:-$root/.build/fuzz}"
mkdir -p "$build/formats" "$build/rows"
cd "$root"
compile="swiftc -swift-version 6 -O -parse-as-library -sanitize=fuzzer -I $build"
objects=""
for module in Health Guidance Programmes Monitoring; do
  $compile -wmo -module-name "$module" -emit-module \
    -emit-module-path "$build/$module.swiftmodule" \
    -c $(find "Sources/$module" -name '*.swift' | sort) -o "$build/$module.o"
  objects="$objects $build/$module.o"
done
$compile -module-name Formats Tools/fuzz/FuzzTargets.swift $objects -o "$build/fuzz-formats"

# What of Exchange needs no database: the reader, and rows by their mapping.
measurements=Sources/Exchange/Measurements
$compile -module-name Rows Tools/fuzz/RowTargets.swift Sources/Exchange/CSV/*.swift \
  $measurements/MeasurementMapping.swift $measurements/MeasurementRow.swift \
  $measurements/RowProblem.swift $measurements/RowWarning.swift "$build/Health.o" \
  -o "$build/fuzz-rows"

run() {
  cp -n Tools/fuzz/seeds/"$1"/* "$build/$1/" 2>/dev/null || true
  # Swift's own report of a trap would keep libFuzzer from writing the input down.
  SWIFT_BACKTRACE=enable=no "$build/fuzz-$1" -max_total_time="$share" -max_len=8192 -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="$build/" -print_final_stats=1 "$build/$1"
}
run formats
run rows
