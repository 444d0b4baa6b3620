#!/usr/bin/env bash
# usage: describe-release.sh <folder>
# Puts the package of out/ into the folder, with an SBOM of what it ships (CycloneDX) and a file of SHA-256 sums.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
folder=$1
tool_version=6.3.1

packages=(out/CadenzaPS.*.nupkg)
if [ "${#packages[@]}" -ne 1 ] || [ ! -f "${packages[0]}" ]; then echo 'describe-release.sh: out/ must hold one package' >&2; exit 1; fi
name=$(basename "${packages[0]}" .nupkg)
rm -rf "$folder"
mkdir -p "$folder"
cp "${packages[0]}" "$folder/"

tool=out/tools/cyclonedx-$tool_version
[ -d "$tool" ] || dotnet tool install CycloneDX --version "$tool_version" --tool-path "$tool"
# PowerShellStandard.Library and the analyzers are needed to compile and are not shipped.
"$tool/dotnet-CycloneDX" src/CadenzaPS/CadenzaPS.csproj --exclude-dev --exclude-filter PowerShellStandard.Library \
  --disable-package-restore --set-name CadenzaPS --set-version "${name#CadenzaPS.}" --set-type Library \
  --output-format Json --output "$folder" --filename "$name.cdx.json"

# Every assembly of the package that is not ours must be a component of the SBOM.
missing=$(unzip -Z1 "${packages[0]}" 'bin/*.dll' | sed 's#.*/##; s#\.dll$##' | sort -u | grep -vE '^Cadenza(PS|\.[A-Za-z]+)$' |
  while read -r assembly; do grep -q "\"name\": \"$assembly\"" "$folder/$name.cdx.json" || echo "$assembly"; done)
if [ -n "$missing" ]; then echo "describe-release.sh: the SBOM lacks $missing" >&2; exit 1; fi

(cd "$folder" && sha256sum -- * >"$OLDPWD/out/SHA256SUMS")
mv out/SHA256SUMS "$folder/"
cat "$folder/SHA256SUMS"
