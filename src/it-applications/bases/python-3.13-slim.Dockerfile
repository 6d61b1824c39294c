# Stands in for python:3.13-slim where no image registry can be asked: Debian's Python, and the packages that applications would
# install.
FROM debian:13
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-flask python3-django gunicorn \
    && rm -rf /var/lib/apt/lists/* \
    && ln -s /usr/bin/python3 /usr/local/bin/python
CMD ["python3"]
