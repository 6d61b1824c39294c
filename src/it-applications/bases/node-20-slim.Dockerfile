# Stands in for node:20-slim where no image registry can be asked: Debian's Node.js and Express, which an application would install,
# and the account that the official image has.
FROM debian:13
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs node-express \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home --shell /bin/bash node
CMD ["node"]
