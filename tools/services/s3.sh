#!/usr/bin/env bash
# Starts an S3-compatible server for tests, moto from the Python registry in an environment of its own: its boto3 refuses
# the python-dateutil of ours. Does nothing where it already answers. `s3.sh stop` ends it.
# S3_PORT (9301), S3_HOME (/opt/heritage-s3 or ~/.cache/heritage-s3).
set -euo pipefail

version=5.2.5
port="${S3_PORT:-9301}"
if [ "$(id -u)" = 0 ]; then default_home=/opt/heritage-s3; else default_home="$HOME/.cache/heritage-s3"; fi
home="${S3_HOME:-$default_home}"

answers() { curl -fsS -m 3 -o /dev/null "http://127.0.0.1:$port" 2>/dev/null; }

if [ "${1:-start}" = stop ]; then
  if [ -s "$home/server.pid" ]; then kill "$(cat "$home/server.pid")" 2>/dev/null || true; fi
  exit 0
fi
if answers; then echo "An S3-compatible server already answers at http://127.0.0.1:$port"; exit 0; fi
if [ ! -x "$home/bin/moto_server" ]; then
  python3 -m venv "$home"
  "$home/bin/pip" install -q "moto[server,s3]==$version"
fi
nohup "$home/bin/moto_server" -H 127.0.0.1 -p "$port" >"$home/server.log" 2>&1 &
echo $! >"$home/server.pid"
for _ in $(seq 60); do answers && { echo "-> S3-compatible server: http://127.0.0.1:$port"; exit 0; }; sleep 0.5; done
echo "s3: the server does not answer; see $home/server.log" >&2
exit 1
