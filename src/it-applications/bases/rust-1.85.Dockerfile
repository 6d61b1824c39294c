# Stands in for rust:1.85 where no image registry can be asked: Debian's Rust.
FROM debian:13
RUN apt-get update && apt-get install -y --no-install-recommends cargo gcc libc6-dev && rm -rf /var/lib/apt/lists/*
