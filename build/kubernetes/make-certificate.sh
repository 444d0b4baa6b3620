#!/usr/bin/env bash
# usage: make-certificate.sh <folder> <DNS name>
# Creates an authority (ca.crt) and a certificate for the name that it signed (tls.crt, tls.key). Both are valid for one day.
set -euo pipefail
folder=$1 name=$2
mkdir -p "$folder"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj '/CN=CadenzaPS test authority' \
  -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign' \
  -keyout "$folder/ca.key" -out "$folder/ca.crt" 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=sandbox' \
  -keyout "$folder/tls.key" -out "$folder/tls.csr" 2>/dev/null
printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth\n' "$name" >"$folder/tls.ext"
openssl x509 -req -days 1 -in "$folder/tls.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" -CAcreateserial \
  -extfile "$folder/tls.ext" -out "$folder/tls.crt" 2>/dev/null
