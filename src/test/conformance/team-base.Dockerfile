# Plays a private base image that no public list of facts knows.
FROM debian:13
RUN groupadd -g 1500 app && useradd -m -u 1500 -g 1500 app \
 && mkdir -p /srv/team /opt/team/logs \
 && chown app:app /srv/team /opt/team/logs
ENV APP_UID=1500 APP_HOME=/opt/team
VOLUME /srv/team
WORKDIR /opt/team
USER app
