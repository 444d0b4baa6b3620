#!/usr/bin/env bash
# Runs build.ps1 in PowerShell: the one on PATH, or else the .NET tool that .config/dotnet-tools.json pins.
# Works with bash 3.2, which macOS has.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")" >/dev/null
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off

die() {
  printf 'build.sh: %s\n' "$@" >&2
  exit 1
}

# find_powershell <command...>: sets `powershell` to the command that starts the same PowerShell directly.
# Fails when the command does not start PowerShell 7.4 or later.
find_powershell() {
  local lines line
  lines=$("$@" -NoProfile -NonInteractive -File build/Get-PowerShellCommand.ps1 </dev/null 2>/dev/null) || return 1
  powershell=()
  while IFS= read -r line; do powershell+=("$line"); done <<<"$lines"
}

dotnet --list-sdks 2>/dev/null | grep -E '^[1-9][0-9]+\.' >/dev/null ||
  die 'The .NET SDK 10 or later is required: https://dotnet.microsoft.com/download'

if ! { command -v pwsh >/dev/null 2>&1 && find_powershell pwsh; }; then
  log=$(dotnet tool restore 2>&1) || die "$log" 'PowerShell 7.4 or later is required. It is not on PATH, and the .NET tool could not be restored.' \
    'To install PowerShell: https://learn.microsoft.com/powershell/scripting/install/installing-powershell' \
    'To see the demo without PowerShell: dotnet run -c Release --project docs/examples/Cadenza.ConsoleDemo'
  find_powershell dotnet tool run pwsh -- || die 'The PowerShell .NET tool was restored but does not start: dotnet tool run pwsh'
fi

# GNU-style options (--quick) are accepted, too.
command=("${powershell[@]}" -NoProfile -NonInteractive -File build.ps1)
for argument in "$@"; do
  case $argument in
    --) ;;
    --*) command+=("${argument#-}") ;;
    *) command+=("$argument") ;;
  esac
done
exec "${command[@]}"
