#!/usr/bin/env bash
# Makes docs/images/ anew: the demo's pages as Chromium draws them.
set -euo pipefail
cd "$(dirname "$0")/../.."
demo=$(mktemp -d)
trap 'rm -rf "$demo"' EXIT
cargo run --locked --quiet -- demo "$demo/centre"
# The demo writes few pages; a picture is made of each that a report can be.
for page in email.html; do
  test -e "templates/$page" && printf '\n[[report]]\ntemplate = "%s"\n' "$page" >> "$demo/centre/gapwise.toml"
done
cargo run --locked --quiet -- run "$demo/centre" --as-of 2026-11-15 --out "$demo/out"
node tests/browser/pictures.mjs "$demo/out/northwind-energy/latest" docs/images
