#!/usr/bin/env bash
# Starts one Elasticsearch 8.19 node for tests and benchmarks, from Maven Central; does nothing where it already answers.
# `elasticsearch.sh stop` ends it.
# ELASTICSEARCH_PORT (9209), ELASTICSEARCH_HEAP (512m), ELASTICSEARCH_HOME (/opt/heritage-elasticsearch or ~/.cache/...).
set -euo pipefail

version=8.19.0
port="${ELASTICSEARCH_PORT:-9209}"
heap="${ELASTICSEARCH_HEAP:-512m}"
account=elasticsearch
url="http://127.0.0.1:$port"
if [ "$(id -u)" = 0 ]; then default_home=/opt/heritage-elasticsearch; else default_home="$HOME/.cache/heritage-elasticsearch"; fi
home="${ELASTICSEARCH_HOME:-$default_home}"

healthy() { curl -fsS -m 3 "$url/_cluster/health" 2>/dev/null | grep -Eq '"status":"(green|yellow)"'; }
fail() { echo "elasticsearch: $*" >&2; exit 1; }

if [ "${1:-start}" = stop ]; then
  if [ -s "$home/elasticsearch.pid" ]; then kill "$(cat "$home/elasticsearch.pid")" 2>/dev/null || true; fi
  exit 0
fi
if healthy; then echo "Elasticsearch already answers at $url"; exit 0; fi
for tool in curl java unzip; do command -v "$tool" >/dev/null || fail "$tool is missing; install it (Debian: curl, openjdk-17-jre-headless, unzip)."; done

install_server() {
  local archive="${HOME}/.m2/repository/org/elasticsearch/distribution/integ-test-zip/elasticsearch/$version/elasticsearch-$version.zip"
  if [ ! -s "$archive" ]; then
    command -v mvn >/dev/null || fail "mvn is missing; install maven to fetch the server."
    mvn -q -B dependency:get -Dtransitive=false \
      "-Dartifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$version:zip" || fail "could not be fetched from Maven Central."
  fi
  mkdir -p "$home"
  rm -rf "$home/unpacking" && mkdir "$home/unpacking"
  unzip -q "$archive" -d "$home/unpacking"
  mv "$home/unpacking/elasticsearch-$version" "$home/elasticsearch-$version"
  rmdir "$home/unpacking"
}

server="$home/elasticsearch-$version"
[ -x "$server/bin/elasticsearch" ] || install_server

cat >"$server/config/elasticsearch.yml" <<YAML
cluster.name: heritage-test
node.name: heritage-test
discovery.type: single-node
http.port: $port
transport.port: $((port + 100))
network.host: 127.0.0.1
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
action.auto_create_index: false
YAML
# The core build knows no x-pack settings and stops at them.
[ -d "$server/modules/x-pack-core" ] || sed -i '/^xpack\./d' "$server/config/elasticsearch.yml"

run() { "$@"; }
if [ "$(id -u)" = 0 ]; then  # Elasticsearch refuses to run as root
  id "$account" >/dev/null 2>&1 || useradd --system --home-dir "$home" --shell /usr/sbin/nologin "$account"
  chown -R "$account" "$home"
  run() { setpriv --reuid="$account" --regid="$(id -g "$account")" --clear-groups env HOME="$home" "$@"; }
fi

export ES_JAVA_OPTS="-Xms$heap -Xmx$heap" ES_JAVA_HOME="${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"
log="$home/elasticsearch.out"
run "$server/bin/elasticsearch" -d -p "$home/elasticsearch.pid" >"$log" 2>&1 || { tail -20 "$log" >&2; fail "did not start."; }
for _second in $(seq 90); do
  if healthy; then echo "Elasticsearch $version answers at $url"; exit 0; fi
  sleep 1
done
tail -20 "$log" >&2
fail "did not answer at $url within 90 seconds."
