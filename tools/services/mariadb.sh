#!/usr/bin/env bash
# A throw-away MariaDB on 127.0.0.1 for tests, which also speaks TLS. Needs Debian's mariadb-server and openssl.
#   tools/services/mariadb.sh start|stop     environment: DIR (data folder), MARIADB_PORT
# It never waits for the disk, since nothing of it outlives the tests, and keeps its tables in one file: a test makes 35 of them.
# Its certificate is for localhost alone, signed by the CA in tls/ca.pem; tls/other-ca.pem is one that has signed nothing.
set -euo pipefail
DIR=${DIR:-.services/mariadb}
PORT=${MARIADB_PORT:-14306}
mkdir -p "$DIR"
DIR=$(cd "$DIR" && pwd)

stop() {
  if [ -f "$DIR/mariadb.pid" ]; then
    kill "$(cat "$DIR/mariadb.pid")" 2>/dev/null || true
    for _ in $(seq 50); do [ -f "$DIR/mariadb.pid" ] || break; sleep 0.1; done
  fi
}

make_ca() { openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Slipway test CA $1" -keyout "$DIR/tls/$1.key" -out "$DIR/tls/$1.pem"; }

make_certificates() {
  make_ca ca
  make_ca other-ca
  openssl req -newkey rsa:2048 -nodes -subj /CN=slipway-test -keyout "$DIR/tls/server.key" -out "$DIR/tls/server.csr"
  openssl x509 -req -in "$DIR/tls/server.csr" -CA "$DIR/tls/ca.pem" -CAkey "$DIR/tls/ca.key" -CAcreateserial -days 30 \
    -extfile <(echo 'subjectAltName=DNS:localhost') -out "$DIR/tls/server.pem"
}

start() {
  stop
  rm -rf "$DIR"
  mkdir -p "$DIR/data" "$DIR/tls"
  make_certificates >"$DIR/tls/openssl.log" 2>&1
  mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$DIR/data" --auth-root-authentication-method=normal >"$DIR/install.log" 2>&1
  mariadbd --no-defaults --user="$(id -un)" --datadir="$DIR/data" --port="$PORT" --bind-address=127.0.0.1 --socket="$DIR/mariadb.sock" \
    --ssl-ca="$DIR/tls/ca.pem" --ssl-cert="$DIR/tls/server.pem" --ssl-key="$DIR/tls/server.key" \
    --pid-file="$DIR/mariadb.pid" --innodb-buffer-pool-size=256M --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --innodb-doublewrite=0 --sync-frm=0 \
    --innodb-file-per-table=0 --max-connections=400 >"$DIR/mariadb.log" 2>&1 &
  for _ in $(seq 1200); do mariadb-admin --no-defaults --socket="$DIR/mariadb.sock" -u root ping >/dev/null 2>&1 && break; sleep 0.1; done
  mariadb --no-defaults --socket="$DIR/mariadb.sock" -u root -e "CREATE USER IF NOT EXISTS 'slipway'@'127.0.0.1' IDENTIFIED BY 'slipway-test'; GRANT ALL ON *.* TO 'slipway'@'127.0.0.1';"
  echo "mysql://slipway:slipway-test@127.0.0.1:$PORT"
}

case "${1:-start}" in
  start) start ;;
  stop) stop ;;
  *) echo "usage: $0 start|stop" >&2; exit 2 ;;
esac
