#!/usr/bin/env bash
# Formats every Java source of the project. Arguments go to Maven (-o works offline).
set -euo pipefail
cd "$(dirname "$0")/.."
exec mvn -B -ntp -q -N verify -Dformat.action=apply "$@"
