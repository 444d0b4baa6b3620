#!/usr/bin/env bash
# Runs docs/examples/scale-out/kubernetes-indexed-job.yaml in a kind cluster against the sandbox server, and checks the result:
# every index completes, the journals account for each row, and the server's state agrees.
# Needs docker, kind, kubectl, openssl, curl and pwsh, and the output of ./build.sh build. CADENZA_KEEP_CLUSTER=1 keeps the cluster.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

here=build/kubernetes
manifest=docs/examples/scale-out/kubernetes-indexed-job.yaml
work=out/kubernetes
cluster=cadenza-test
node=$cluster-control-plane
host=sandbox.cadenza-sandbox.svc.cluster.local
image=$(sed -n 's/^ *image: *//p' "$manifest")
job=$(sed -n 's/^  name: \(cadenza-rotation-[0-9-]*\)$/\1/p' "$manifest")
folder=${job#cadenza-rotation-}
forward=

say() { printf '\n== %s\n' "$*"; }
die() { printf 'run.sh: %s\n' "$*" >&2; exit 1; }

# Every call names its cluster: another one that is set up on this machine is never touched.
kube() { kubectl --context "kind-$cluster" "$@"; }

finish() {
  local code=$?
  [ -z "$forward" ] || kill "$forward" 2>/dev/null || true
  if [ "$code" -ne 0 ]; then
    say 'Diagnostics'
    kube -n cadenza get job,pod,pvc -o wide || true
    kube -n cadenza describe job,pod || true
    kube -n cadenza logs --prefix --tail=50 -l app.kubernetes.io/name=cadenza-rotation || true
    kube -n cadenza-sandbox describe pod || true
    kube -n cadenza-sandbox logs deployment/sandbox -c tls --tail=50 || true
  fi
  [ "${CADENZA_KEEP_CLUSTER:-}" = 1 ] || kind delete cluster --name "$cluster" || true
  exit "$code"
}

start_cluster() {
  local version
  mkdir -p /tmp/cadenza-kind-journal
  kind create cluster --name "$cluster" --config "$here/kind.yaml" --wait 180s
  version=$(kube version -o json | jq -r '.serverVersion | "\(.major) \(.minor | gsub("[^0-9]"; ""))"')
  if [ "${version% *}" -eq 1 ] && [ "${version#* }" -lt 33 ]; then
    die "the cluster runs Kubernetes ${version/ /.}, and the manifest needs 1.33"
  fi
  docker exec "$node" sh -c 'rm -rf /var/cadenza-journal/* && chown 1654:1654 /var/cadenza-journal && chmod 0770 /var/cadenza-journal'
}

load_images() {
  docker build --quiet -f docs/examples/scale-out/Containerfile -t "$image" .
  docker build --quiet -f "$here/Containerfile" -t localhost/cadenza/sandbox-server:test .
  kind load docker-image --name "$cluster" "$image" localhost/cadenza/sandbox-server:test
}

start_sandbox() {
  kube create namespace cadenza-sandbox
  "$here/make-certificate.sh" "$work/tls" "$host"
  kube -n cadenza-sandbox create secret tls sandbox-tls --cert="$work/tls/tls.crt" --key="$work/tls/tls.key"
  kube -n cadenza-sandbox create configmap nginx --from-file="$here/nginx.conf"
  kube apply -f "$here/sandbox.yaml"
  kube -n cadenza-sandbox rollout status deployment/sandbox --timeout=180s
  kube -n cadenza create configmap sandbox-ca --from-file="$work/tls/ca.crt"
  kube -n cadenza-sandbox port-forward deployment/sandbox 15080:5080 >"$work/port-forward.log" 2>&1 &
  forward=$!
}

# state <file>: what the sandbox server holds.
state() { curl --fail --silent --show-error --retry 10 --retry-connrefused --retry-delay 1 -o "$1" http://127.0.0.1:15080/_sandbox/state; }

prepare_rows() {
  state "$work/before.json"
  pwsh -NoProfile -NonInteractive -File "$here/new-rows.ps1" -State "$work/before.json" -Path "$work/keys.csv"
  kube -n cadenza-sandbox logs deployment/sandbox -c server | sed -n 's/^token //p' | tr -d '\n' >"$work/token"
  [ -s "$work/token" ] || die 'the sandbox server did not print a token'
  kube -n cadenza create secret generic "$job" --from-file="$work/keys.csv" --from-file="$work/token"
}

# Waits until the Job has a final condition, at most 10 minutes.
run_job() {
  local condition='' tries=200
  kubectl kustomize --load-restrictor LoadRestrictionsNone "$here/job" | kube apply -f -
  while [ "$tries" -gt 0 ]; do
    condition=$(kube -n cadenza get job "$job" -o jsonpath='{.status.conditions[?(@.status=="True")].type}')
    case " $condition " in *' Complete '*) return ;; *' Failed '*) die "the Job failed: $condition" ;; esac
    tries=$((tries - 1))
    sleep 3
  done
  die 'the Job did not end within 10 minutes'
}

check() {
  local completed
  completed=$(kube -n cadenza get job "$job" -o jsonpath='{.status.completedIndexes}')
  [ "$completed" = 0-3 ] || die "the completed indexes are '$completed', expected 0-3"
  kube -n cadenza logs --prefix --tail=-1 -l app.kubernetes.io/name=cadenza-rotation
  mkdir "$work/journals"
  docker exec "$node" tar -C "/var/cadenza-journal/$folder" -cf - . | tar -C "$work/journals" -xf - --no-same-owner
  ls -l "$work/journals"
  [ "$(find "$work/journals" -name 'shard-*-of-4.jsonl' | wc -l)" -eq 4 ] || die 'there are not four journals'
  pwsh -NoProfile -NonInteractive -File docs/examples/scale-out/check-journals.ps1 "$work/keys.csv" \
    -JournalFolder "$work/journals" -Count 4 -Module "$PWD/out/CadenzaPS/CadenzaPS.psd1"
  state "$work/after.json"
  pwsh -NoProfile -NonInteractive -File "$here/check-server.ps1" \
    -Path "$work/keys.csv" -Before "$work/before.json" -After "$work/after.json"
}

for tool in docker kind kubectl openssl curl jq pwsh; do command -v "$tool" >/dev/null || die "$tool is needed"; done
[ -f out/CadenzaPS/CadenzaPS.psd1 ] || die 'out/CadenzaPS is missing: run ./build.sh build'
if [ -z "$image" ] || [ -z "$job" ]; then die "$manifest has no image or no Job name"; fi
! kind get clusters 2>/dev/null | grep -qx "$cluster" || die "a cluster $cluster exists: kind delete cluster --name $cluster"
rm -rf "$work"
mkdir -p "$work"
trap finish EXIT

say 'Cluster'; start_cluster
say 'Images'; load_images
say 'Sandbox server'; start_sandbox
say 'Rows'; prepare_rows
say 'Job'; run_job
say 'Checks'; check
say 'Passed'
