# Stands in for php:8.4-apache where no image registry can be asked: Debian's Apache and PHP, with the directories, the logs and the
# start script as docker-library/php makes them.
FROM debian:13
RUN apt-get update \
    && apt-get install -y --no-install-recommends apache2 libapache2-mod-php \
    && rm -rf /var/lib/apt/lists/* \
    && sed -ri 's/^export ([^=]+)=(.*)$/: ${\1:=\2}\nexport \1/' /etc/apache2/envvars \
    && . /etc/apache2/envvars \
    && for dir in "$APACHE_LOCK_DIR" "$APACHE_RUN_DIR" "$APACHE_LOG_DIR"; do \
        rm -rf "$dir" && mkdir -p "$dir" && chown www-data:www-data "$dir" && chmod 1777 "$dir"; \
    done \
    && rm -rf /var/www/html && mkdir -p /var/www/html && chown www-data:www-data /var/www/html && chmod 1777 /var/www/html \
    && ln -sfT /dev/stderr "$APACHE_LOG_DIR/error.log" \
    && ln -sfT /dev/stdout "$APACHE_LOG_DIR/access.log" \
    && ln -sfT /dev/stdout "$APACHE_LOG_DIR/other_vhosts_access.log" \
    && chown -R --no-dereference www-data:www-data "$APACHE_LOG_DIR" \
    && printf '%s\n' 'session.save_path = /tmp' > /etc/php/8.4/apache2/conf.d/sessions.ini \
    && printf '%s\n' '#!/bin/bash' 'set -e' '. /etc/apache2/envvars' 'rm -f "$APACHE_PID_FILE"' 'exec apache2 -DFOREGROUND "$@"' \
        > /usr/local/bin/apache2-foreground \
    && chmod +x /usr/local/bin/apache2-foreground
STOPSIGNAL SIGWINCH
WORKDIR /var/www/html
EXPOSE 80
CMD ["apache2-foreground"]
