#!/usr/bin/env bash
# Downloads one file with every client in common use, and prints who got it. Needs curl, wget, aria2, python3 and apt.
# usage: tools/clients.sh PERMALINK LICENSE_KEY SHA256 [EXTERNAL_PERMALINK [ASKING_PERMALINK]]
# PERMALINK is a file in the store, EXTERNAL_PERMALINK the same bytes on another server, all under a license with this key.
# ASKING_PERMALINK is on another server that asks for a password and writes down what it is shown: nothing, one hopes.
# "file": the bytes came. "refused": the client went without them, as it should. Ends with 1 when a line differs from what it promises.
set -uo pipefail
[ $# -ge 3 ] || { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
URL=$1 KEY=$2 SHA256=$3 EXTERNAL=${4:-} ASKING=${5:-}
HERE=$(cd "$(dirname "$0")" && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
# The store of the tests, on S3 another host: programs that show it a header of ours are refused there.
STORE=${STORE:-embedded}
CARRIED=file
# The interpreter itself: python3 may be a script that looks for one, and takes longer than all clients together.
PYTHON=$(python3 -c 'import sys; print(sys.executable)')
BASIC=$(printf 'license:%s' "$KEY" | base64 -w0)
[ "$STORE" = s3 ] && CARRIED=refused
differs=0

curl_() { curl -sfkL -o "$OUT" "$@" "$URL"; }
wget_() { wget -q --no-check-certificate -O "$OUT" "$@" "$URL"; }
aria2_() { aria2c -q --check-certificate=false --allow-overwrite=true -d "$WORK" -o "$(basename "$OUT")" "$@" "$URL"; }
aria2_url_() { aria2c -q --check-certificate=false --allow-overwrite=true -d "$WORK" -o "$(basename "$OUT")" "${URL/:\/\//://license:$KEY@}"; }
python_() { "$PYTHON" "$HERE/clients.py" "$1" "$URL" "$KEY" "$OUT"; }
aria2_key_() { aria2c -q --check-certificate=false --allow-overwrite=true -d "$WORK" -o "$(basename "$OUT")" "$URL?key=$KEY"; }
curl_key_() { curl -sfkL -o "$OUT" "$URL?key=$KEY"; }
wget_key_() { wget -q --no-check-certificate -O "$OUT" "$URL?key=$KEY"; }
apt_() {
  /usr/lib/apt/apt-helper -q -o APT::Sandbox::User=root -o Acquire::Retries=0 -o Acquire::https::Verify-Peer=false \
    -o Acquire::https::Verify-Host=false download-file "${URL/:\/\//://license:$KEY@}" "$OUT" "SHA256:$SHA256"
}

# fetch URL COMMAND...: "file" or "refused"
fetch() {
  local URL=$1 OUT
  OUT=$(mktemp -p "$WORK")
  shift
  "$@" >"$WORK/log" 2>&1
  if [ "$(sha256sum "$OUT" | cut -d' ' -f1)" = "$SHA256" ]; then echo file; else echo refused; fi
}

# line WHAT IN_STORE EXTERNAL COMMAND...: one line of the table; the two words are what should come
line() {
  local what=$1 expected=$2 expected_external=$3 seen seen_external=-
  shift 3
  seen=$(fetch "$URL" "$@")
  [ -n "$EXTERNAL" ] && seen_external=$(fetch "$EXTERNAL" "$@")
  [ -n "$ASKING" ] && fetch "$ASKING" "$@" >/dev/null
  local mark=''
  [ "$seen" = "$expected" ] || mark=" <- promised: $expected"
  [ -z "$EXTERNAL" ] || [ "$seen_external" = "$expected_external" ] || mark="$mark <- external promised: $expected_external"
  [ -z "$mark" ] || differs=1
  printf '%-52s %-8s %-8s%s\n' "$what" "$seen" "$seen_external" "$mark"
}

printf '%-52s %-8s %-8s\n' "client ($STORE)" 'store' 'external'
line 'curl -L -u license:KEY' file file curl_ -u "license:$KEY"
line 'curl -L -H "Authorization: License KEY"' file file curl_ -H "Authorization: License $KEY"
line 'curl -L -H "X-License-Key: KEY"' file refused curl_ -H "X-License-Key: $KEY"
line 'curl -L URL?key=KEY' file file curl_key_
# wget shows --user to every host that asks for it, and a header that it was given to every host.
line 'wget --user=license --password=KEY' file refused wget_ --user=license "--password=$KEY"
line 'wget URL?key=KEY' file file wget_key_
line 'wget --header="X-License-Key: KEY"' file refused wget_ "--header=X-License-Key: $KEY"
line 'wget --header="Authorization: License KEY"' "$CARRIED" refused wget_ "--header=Authorization: License $KEY"
line 'wget --header="Authorization: Basic ..."' "$CARRIED" refused wget_ "--header=Authorization: Basic $BASIC"
# aria2 shows --http-user to every host, unless it waits to be asked (tried with 1.36); which of both the server cannot tell.
ARIA2=(--http-auth-challenge=true --http-user=license "--http-passwd=$KEY")
line 'aria2c --http-auth-challenge --http-user=license ...' file refused aria2_ "${ARIA2[@]}"
line 'the same with -x4' file refused aria2_ "${ARIA2[@]}" -x4 -s4 -k1M
line 'the same with --use-head' file refused aria2_ "${ARIA2[@]}" --use-head=true
line 'aria2c --http-user=license --http-passwd=KEY' "$CARRIED" refused aria2_ --http-user=license "--http-passwd=$KEY"
line 'aria2c http://license:KEY@...' file refused aria2_url_
line 'aria2c URL?key=KEY' file file aria2_key_
line 'aria2c --header="X-License-Key: KEY"' file refused aria2_ "--header=X-License-Key: $KEY"
line 'aria2c --header="Authorization: License KEY"' "$CARRIED" refused aria2_ "--header=Authorization: License $KEY"
line 'urllib, HTTPBasicAuthHandler' file refused python_ basic
line 'urllib, URL?key=KEY' file file python_ address
line 'urllib, X-License-Key' file refused python_ header
line 'urllib, Authorization: License KEY' "$CARRIED" refused python_ authorization
line 'urllib, Authorization: Basic ...' "$CARRIED" refused python_ sent-basic
line 'like requests: auth=("license", KEY)' file file python_ requests
line 'like requests, HEAD before GET' file file python_ head
line 'apt-helper, http://license:KEY@...' file file apt_
exit $differs
