#!/bin/sh
# Records BuildKit's answers anew, with the Go packages of BuildKit that Debian 13 carries. Needs root for apt-get.
set -eu
cd "$(dirname "$0")/../../.."
packages="golang-1.24-go golang-github-docker-docker-dev golang-github-google-shlex-dev golang-github-agext-levenshtein-dev"
# shellcheck disable=SC2086
dpkg -s $packages >/dev/null 2>&1 || apt-get install -y --no-install-recommends $packages
version=$(dpkg-query -W -f '${Version}' golang-github-docker-docker-dev)
mkdir -p target
table=src/test/resources/grammar
GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS=-buildvcs=false \
    /usr/lib/go-1.24/bin/go build -p 1 -tags 'dfrunsecurity dfexcludepatterns dfparents' \
    -o target/record-grammar src/test/grammar/record.go
target/record-grammar "$table" "BuildKit as in Debian's golang-github-docker-docker-dev $version" >target/recorded.json
mv target/recorded.json "$table/recorded.json"
