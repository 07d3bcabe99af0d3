"""The script that tells Elasticsearch and Kibana what they need to know, as often as it is run."""

from __future__ import annotations

from typing import Literal

from trimtab.components.logging.names import CA_FILE, USER

FOLDER = "/setup"
ELASTICSEARCH_CA = "/ca/elasticsearch"
KIBANA_CA = "/ca/kibana"
SCRIPT_FILE = "setup.sh"
POLICY_FILE = "policy.json"
TEMPLATE_FILE = "template.json"
INDEX_SETTINGS_FILE = "index-settings.json"
DATA_VIEW_FILE = "data-view.json"
DEFAULT_VIEW_FILE = "default-view.json"

_HEAD = f"""\
set -euo pipefail

ask() {{
  curl --silent --show-error --fail --max-time 60 --write-out '\\n' --user "{USER}:$PASSWORD" \\
    --header 'Content-Type: application/json' --header 'kbn-xsrf: setup' "$@"
}}

elasticsearch() {{
  ask --cacert {ELASTICSEARCH_CA}/{CA_FILE} --request "$1" "$ELASTICSEARCH$2" "${{@:3}}"
}}

until elasticsearch GET /_cluster/health; do
  echo 'Elasticsearch does not answer yet'
  sleep 10
done

"""

_POLICY = f"""\
elasticsearch PUT "/_ilm/policy/$PREFIX" --data @{FOLDER}/{POLICY_FILE}
"""

_INDICES = f"""\
elasticsearch PUT "/_index_template/$PREFIX" --data @{FOLDER}/{TEMPLATE_FILE}
elasticsearch PUT "/$PREFIX-*/_settings?allow_no_indices=true" --data @{FOLDER}/{INDEX_SETTINGS_FILE}
"""

_KIBANA_BY_TLS = f"""\

kibana() {{
  ask --cacert {KIBANA_CA}/{CA_FILE} --request "$1" "$KIBANA$2" "${{@:3}}"
}}
"""

_KIBANA_PLAIN = """\

kibana() {
  ask --request "$1" "$KIBANA$2" "${@:3}"
}
"""

_VIEW = f"""\

until kibana GET /api/status --output /dev/null; do
  echo 'Kibana does not answer yet'
  sleep 10
done

if ! kibana GET "/api/data_views/data_view/$PREFIX" --output /dev/null; then
  kibana POST /api/data_views/data_view --data @{FOLDER}/{DATA_VIEW_FILE}
fi
kibana POST /api/data_views/default --data @{FOLDER}/{DEFAULT_VIEW_FILE}
"""
"""What people have changed in the view stays: it is made only where there is none."""


def plan_script(*, has_policy: bool, kibana: Literal["tls", "plain", "none"]) -> str:
    """Put the script together.

    It waits for as long as it takes: an image that takes an hour to arrive is no failure. Every step may be repeated.

    Args:
        has_policy: Whether indices are ever deleted.
        kibana: How Kibana speaks inside the cluster, or that there is none.
    """
    asks = {"tls": _KIBANA_BY_TLS + _VIEW, "plain": _KIBANA_PLAIN + _VIEW, "none": ""}[kibana]
    return _HEAD + (_POLICY if has_policy else "") + _INDICES + asks
