#!/usr/bin/env bash
# The verbs of build.ps1 for a machine that may lack PowerShell. With one, this hands over to build.ps1;
# without, it runs the part that needs only the .NET SDK and says what it left out.
# Works with the bash 3.2 of macOS: no associative arrays, no mapfile, no empty array under set -u.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" >/dev/null
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

get_powershell=https://learn.microsoft.com/powershell/scripting/install/installing-powershell
passed=0 failed=0 skipped=0 summary=

say() { printf '%s\n' "$*" >&2; }
die() { say "build.sh: $*"; exit 1; }

# bounded <seconds> <command...>: `timeout`, which macOS lacks.
bounded() {
  local ticks=$(($1 * 5)) pid
  shift
  "$@" &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    if [ "$ticks" -eq 0 ]; then kill -9 "$pid" 2>/dev/null || true; fi
    ticks=$((ticks - 1))
    sleep 0.2
  done
  wait "$pid"
}

# Does this command start, and is it PowerShell 7.4 or later?
is_powershell() {
  mkdir -p out # a file, since a pipe would wait for whatever a hung command has started
  bounded 60 "$@" -NoProfile -NonInteractive -Command '"new enough: " + ($PSVersionTable.PSVersion -ge [semver]"7.4.0")' >out/pwsh.txt 2>/dev/null &&
    grep -q 'new enough: True' out/pwsh.txt
}

# Sets `pwsh`, or returns 1 with the reason in `why`.
find_powershell() {
  why='PowerShell was not found'
  if [ "${CADENZA_NO_PWSH:-}" = 1 ]; then
    why='PowerShell is not used, because CADENZA_NO_PWSH is 1'
    return 1
  fi
  if command -v pwsh >/dev/null 2>&1; then
    pwsh=(pwsh)
    is_powershell "${pwsh[@]}" && return
    why='The pwsh on PATH does not start or is older than 7.4'
  fi
  pwsh=(dotnet tool run pwsh --)
  bounded 120 dotnet tool restore >/dev/null 2>&1 && is_powershell "${pwsh[@]}"
}

build() { dotnet build "${1:-CadenzaPS.sln}" -c Release -nologo "${@:2}"; }
assemble() { dotnet msbuild build/Module.csproj -t:Assemble -v:m -nologo; }

# tally <suite> <passed> <failed> <skipped> <remark>
tally() {
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  local line
  line=$(printf '  %-24s %5d ok' "$1" "$2")
  [ "$3" -eq 0 ] || line="$line, $3 FAILED"
  [ "$4" -eq 0 ] || line="$line, $4 skipped"
  summary="$summary$line${5:+: $5}"$'\n'
}

# The names and reasons of the tests that a trx file calls not executed.
skipped_tests() {
  awk '/<UnitTestResult /  { skip = /outcome="NotExecuted"/; name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) }
       skip && /<Message>/ { sub(/^ *<Message>/, ""); sub(/<\/Message>.*/, ""); print "    skipped: " name ": " $0; skip = 0 }' "$1" |
    sed -e 's/&quot;/"/g' -e "s/&apos;/'/g" -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g'
}

# Counts come from the trx file, never from the console: that one is for people, in their language.
xunit() {
  local project=$1 filter=${2:-} name trx counters total executed ok bad remark='' code=0
  name=$(basename "$project" .csproj)
  trx=out/TestResults/$name.trx
  dotnet test "$project" -c Release --no-build -nologo --results-directory out/TestResults \
    --logger "trx;LogFileName=$name.trx" ${filter:+--filter "$filter"} || code=$?
  counters=$(grep -o '<Counters [^>]*>' "$trx" 2>/dev/null || echo '<Counters total="0" executed="0" passed="0" />')
  total=$(sed 's/.* total="\([0-9]*\)".*/\1/' <<<"$counters")
  executed=$(sed 's/.* executed="\([0-9]*\)".*/\1/' <<<"$counters")
  ok=$(sed 's/.* passed="\([0-9]*\)".*/\1/' <<<"$counters")
  bad=$((executed - ok))
  if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ ! -f "$trx" ]; }; then bad=1 remark="the test run broke off, exit code $code"; fi
  if [ "$total" -eq 0 ] && [ "$bad" -eq 0 ] && [ -z "$filter" ]; then bad=1 remark='no test was found'; fi
  tally "$name" "$ok" "$bad" $((total - executed)) "$remark"
  if [ "$total" -gt "$executed" ]; then summary="$summary$(skipped_tests "$trx")"$'\n'; fi
}

run_tests() {
  local project name count filter=${1:-}
  for name in ${!CADENZA_@}; do [ "$name" = CADENZA_CHROMIUM ] || unset "$name"; done # a test sees no connection of yours
  rm -rf out/TestResults
  if build CadenzaPS.sln -v q -clp:NoSummary && assemble; then
    for project in tests/*/*.csproj; do
      if grep -q 'Microsoft.NET.Test.Sdk' "$project"; then xunit "$project" "$filter"; fi
    done
    if [ $((passed + failed)) -eq 0 ]; then tally all 0 1 0 'no test was found'; fi
  else
    tally build 0 1 0 'it did not succeed, so no test ran'
  fi
  count=$(cat tests/Pester/*.Tests.ps1 2>/dev/null | grep -cE "^[[:space:]]*It[[:space:]]+['\"-]" || true)
  tally Pester 0 0 "$count" "$why ($get_powershell)"
  printf '\nTests by suite:\n%s\n' "$summary"
  if [ "$skipped" -eq 0 ]; then echo "$passed passed, $failed failed"; else echo "$passed passed, $failed failed, $skipped skipped"; fi
  [ "$failed" -eq 0 ]
}

run_demo() {
  local name project=docs/examples/Cadenza.ConsoleDemo
  for name in ${!CADENZA_@}; do unset "$name"; done
  mkdir -p out
  if ! build "$project" >out/demo-build.log 2>&1; then
    cat out/demo-build.log >&2
    die 'the demo did not build'
  fi
  dotnet run -c Release --no-build --project "$project"
}

verb=${1:-build}
[ $# -eq 0 ] || shift
[ "${1:-}" != -- ] || shift
case $verb in
  build) left_out='the check of the finished module (its manifest, its cmdlets)' ;;
  test) left_out='the Pester suite, whose tests count as skipped' ;;
  bench)
    left_out='all of it, since PowerShell is what is measured'
    if [ "${1:-}" = --quick ]; then
      shift
      set -- -Quick "$@"
    fi ;;
  demo) left_out='the session in PowerShell: a console program tells the same story' ;;
  pack) left_out='the check of the packed module (its manifest, its cmdlets)' ;;
  clean) rm -rf out {src,tests,docs/examples}/*/{bin,obj}; exit ;;
  *) say 'usage: build.sh [build | test [-- part of a test name] | bench [--quick] | demo | pack | clean]'; exit 2 ;;
esac

dotnet --list-sdks 2>/dev/null | grep -E '^[1-9][0-9]+\.' >/dev/null || die 'the .NET SDK 10 or later is needed: https://dotnet.microsoft.com/download'
if find_powershell; then exec "${pwsh[@]}" -NoProfile -NonInteractive -File build.ps1 "$verb" "$@"; fi
say "$why; left out: $left_out."
say "How to get PowerShell: $get_powershell"
case $verb in
  build) build && assemble ;;
  test) run_tests "$@" ;;
  bench) die 'nothing was measured.' ;;
  demo) run_demo ;;
  pack) build && assemble && dotnet pack build/Module.csproj -nologo -v:m ;;
esac
