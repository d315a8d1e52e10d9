#!/bin/sh
# Convert, validate and diff the two editions in this folder, showing each command.
set -u
cd "$(dirname "$0")" || exit 1
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT

show() { printf '\n$ munidx %s\n' "$*"; munidx "$@"; }
fail() { printf 'demo: %s\n' "$1" >&2; exit 1; }

echo "Two editions of one plan, as a city publishes them, become typed plans:"
show convert nawate-r6.txt --coverage -o "$out/r6.toml" || fail "convert failed"
show convert nawate-r7.txt -o "$out/r7.toml" || fail "convert failed"
printf '\nThe first lines of the canonical form:\n'
head -n 40 "$out/r6.toml"

printf '\nThe plan as a tree:\n'
show show "$out/r7.toml" || fail "show failed"

printf '\nWhat an auditor would ask about the new edition:\n'
show validate nawate-r7.txt
[ $? -le 1 ] || fail "validate failed"

printf '\nWhat changed, and what was quietly given up:\n'
show diff nawate-r6.txt nawate-r7.txt
[ $? -eq 1 ] || fail "diff found nothing"

printf '\nThe same question of the two TOML files has the same answer:\n'
show diff "$out/r6.toml" "$out/r7.toml" --fail-on never > "$out/diff.txt" || fail "diff failed"
tail -n 1 "$out/diff.txt"
