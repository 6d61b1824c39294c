# Stands in for eclipse-temurin:17-jre where no image registry can be asked: the same Java release line at the same place.
# It differs in the distribution (Debian, not Ubuntu) and has no entrypoint script, which writes only when
# USE_SYSTEM_CA_CERTS is set.
FROM debian:12
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jre-headless fontconfig fonts-dejavu-core ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* /tmp/hsperfdata_root \
    && mkdir /opt/java \
    && ln -s /usr/lib/jvm/java-17-openjdk-amd64 /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
