# Stands in for ruby:3.3-slim where no image registry can be asked: Debian's Ruby, and the gems that an application would install.
FROM debian:13
RUN apt-get update \
    && apt-get install -y --no-install-recommends ruby ruby-sinatra puma \
    && rm -rf /var/lib/apt/lists/*
CMD ["irb"]
