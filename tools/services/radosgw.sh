#!/usr/bin/env bash
# A throw-away S3 store (Ceph RADOS Gateway, one node) on 127.0.0.1 for tests. Needs Debian's radosgw, ceph-mon and ceph-osd.
#   tools/services/radosgw.sh start|stop     environment: DIR (data folder), RADOSGW_PORT, RADOSGW_MON_PORT; the OSD uses ports after the monitor
set -euo pipefail
DIR=${DIR:-.services/radosgw}
PORT=${RADOSGW_PORT:-14102}
KEY=slipway-test-key
SECRET=slipway-test-secret-0000000000000000
MON_PORT=${RADOSGW_MON_PORT:-$((PORT + 8))}
BLOCK_FILE_BYTES=$((12 * 1024 * 1024 * 1024)) # sparse: only what is stored takes space
mkdir -p "$DIR"
DIR=$(cd "$DIR" && pwd)
export CEPH_CONF="$DIR/ceph.conf"

stop() {
  local name pid
  for name in rgw osd mon; do
    [ -f "$DIR/$name.pid" ] || continue
    pid=$(cat "$DIR/$name.pid")
    kill -KILL "$pid" 2>/dev/null || true # asked politely, the monitor takes ten seconds; the data is thrown away at the next start
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    rm -f "$DIR/$name.pid"
  done
}

# The OSD does not announce its place and class itself: now and then it does so before it has the monitor's map, and gives up ("wrong fsid").
configure() {
  cat >"$CEPH_CONF" <<CONF
[global]
fsid = $1
mon_host = v1:127.0.0.1:$MON_PORT
public_network = 127.0.0.0/8
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
mon_allow_pool_size_one = true
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pgp_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_max_pg_per_osd = 1000
ms_bind_msgr2 = false
ms_bind_port_min = $((MON_PORT + 10))
ms_bind_port_max = $((MON_PORT + 39))
run_dir = $DIR/run
admin_socket = $DIR/run/\$name.asok
log_file = $DIR/\$name.log
log_to_stderr = false
err_to_stderr = true
mon_data_avail_warn = 1
mon_data_avail_crit = 1
[mon.a]
mon_data = $DIR/mon
pid_file = $DIR/mon.pid
[osd.0]
osd_data = $DIR/osd
pid_file = $DIR/osd.pid
osd_objectstore = bluestore
osd_class_update_on_start = false
osd_crush_update_on_start = false
bluestore_block_size = $BLOCK_FILE_BYTES
bluestore_block_create = true
bluestore_block_wal_create = false
bluestore_block_db_create = false
osd_memory_target = 1073741824
osd_class_load_list = *
osd_class_default_list = *
[client.rgw]
pid_file = $DIR/rgw.pid
rgw_data = $DIR/rgw
rgw_frontends = beast endpoint=127.0.0.1:$PORT
rgw_enable_apis = s3
rgw_dynamic_resharding = false
rgw_gc_obj_min_wait = 1
rgw_gc_processor_period = 2
rgw_gc_processor_max_time = 2
CONF
}

start_ceph() {
  local fsid osd_id
  fsid=$(cat /proc/sys/kernel/random/uuid)
  osd_id=$(cat /proc/sys/kernel/random/uuid)
  configure "$fsid"
  monmaptool --create --fsid "$fsid" --addv a "[v1:127.0.0.1:$MON_PORT]" "$DIR/monmap"
  ceph-mon --mkfs -i a --monmap "$DIR/monmap"
  ceph-mon -i a
  ceph osd new "$osd_id" 0
  ceph osd crush add osd.0 1.0 root=default host=local
  ceph-osd -i 0 --mkfs --osd-uuid "$osd_id"
  ceph-osd -i 0
  for _ in $(seq 240); do ceph osd stat 2>/dev/null | grep -q '1 up' && break; sleep 0.5; done
  ceph osd stat | grep -q '1 up' || return 1
  radosgw-admin user create --uid=slipway --display-name=Slipway --access-key="$KEY" --secret="$SECRET"
  # The gateway makes these at their first use, which takes seconds and looks like an outage to a test.
  for pool in data index non-ec; do ceph osd pool create "default.rgw.buckets.$pool" 8; ceph osd pool application enable "default.rgw.buckets.$pool" rgw; done
  radosgw -n client.rgw
}

start() {
  stop
  rm -rf "$DIR"
  mkdir -p "$DIR/mon" "$DIR/osd" "$DIR/rgw" "$DIR/run"
  start_ceph >"$DIR/start.log" 2>&1 || { tail -n 20 "$DIR/start.log" >&2; exit 1; }
  for _ in $(seq 240); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null; then
      echo "http://127.0.0.1:$PORT $KEY $SECRET"
      return
    fi
    sleep 0.5
  done
  echo "radosgw does not answer on port $PORT; see $DIR/*.log" >&2
  exit 1
}

case "${1:-start}" in
  start) start ;;
  stop) stop ;;
  *) echo "usage: $0 start|stop" >&2; exit 2 ;;
esac
