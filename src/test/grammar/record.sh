#!/bin/sh
# Records BuildKit's answers anew, with the Go packages of BuildKit 0.26.3. Needs Go 1.24 or later, git and the network, or
# a checkout of BuildKit as the first argument.
set -eu
cd "$(dirname "$0")/../../.."
version=v0.26.3
mkdir -p target
table=$PWD/src/test/resources/grammar
source=${1:-target/buildkit}
[ -d "$source" ] || git clone --depth 1 --branch "$version" https://github.com/moby/buildkit "$source"
mkdir -p "$source/cmd/record-grammar"
cp src/test/grammar/record.go "$source/cmd/record-grammar/main.go"
recorder=$PWD/target/record-grammar
(cd "$source" && go build -p 1 -mod=vendor -tags dfrundevice -o "$recorder" ./cmd/record-grammar)
"$recorder" "$table" "BuildKit $version" >target/recorded.json
mv target/recorded.json "$table/recorded.json"
