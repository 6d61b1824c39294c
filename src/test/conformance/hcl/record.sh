#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Asks HashiCorp's own library again about the texts and expressions in src/test/resources/hcl. Debian's packages golang-go,
# golang-github-hashicorp-hcl-v2-dev, golang-github-zclconf-go-cty-dev and golang-github-zclconf-go-cty-yaml-dev must be installed.
set -eu
cd "$(dirname "$0")/../../../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
GO111MODULE=off GOPATH="$work:/usr/share/gocode" go build -o "$work/judge" src/test/conformance/hcl/main.go
cd src/test/resources/hcl

grep '^#' texts.txt > "$work/texts"
grep -v '^#' texts.txt | cut -c4- > "$work/questions"
"$work/judge" texts < "$work/questions" | paste -d ' ' - "$work/questions" >> "$work/texts"
mv "$work/texts" texts.txt

cut -f1 values.txt > "$work/questions"
"$work/judge" values < "$work/questions" | paste "$work/questions" - | sed '/^#/s/\t.*//' > "$work/values"
mv "$work/values" values.txt
