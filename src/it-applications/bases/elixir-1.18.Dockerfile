# Stands in for elixir:1.18 where no image registry can be asked: Debian's Elixir.
FROM debian:13
RUN apt-get update && apt-get install -y --no-install-recommends elixir erlang-dev erlang-inets && rm -rf /var/lib/apt/lists/*
CMD ["iex"]
