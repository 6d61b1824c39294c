# Stands in for golang:1.24 where no image registry can be asked: Debian's Go.
FROM debian:13
RUN apt-get update && apt-get install -y --no-install-recommends golang-go && rm -rf /var/lib/apt/lists/*
