==== arg
FROM a
ARG A
ARG B=1
VOLUME /$A/$B
==== arg-many
FROM a
ARG A=1 B=2 C
VOLUME /$A/$B/$C
==== arg-same-line
FROM a
ARG A=1 B=$A
VOLUME /x$B
==== arg-quoted
FROM a
ARG A="x y" B='z w'
VOLUME $A $B
==== arg-empty-value
FROM a
ARG A=
VOLUME /x$A
==== arg-none
FROM a
ARG
==== arg-blank-name
FROM a
ARG =x
==== arg-global
ARG A=/g
FROM a
VOLUME /x$A
==== arg-global-redeclared
ARG A=/g
FROM a
ARG A
VOLUME $A
==== arg-global-redeclared-default
ARG A=/g
FROM a
ARG A=/own
VOLUME $A
==== arg-build-overrides arg:A=/cli
FROM a
ARG A=/d
VOLUME $A
==== arg-build-undeclared arg:A=/cli
FROM a
VOLUME /x$A
==== arg-build-global arg:A=/cli
ARG A=/g
FROM a
ARG A
VOLUME $A
==== arg-after-env
FROM a
ENV A=env
ARG A=arg
VOLUME /$A
==== env-after-arg
FROM a
ARG A=arg
ENV A=env
VOLUME /$A
==== arg-key-expanded
FROM a
ENV K=name
ARG ${K}=/v
VOLUME /x$name
==== arg-predefined arg:HTTP_PROXY=/p
FROM a
VOLUME /x$HTTP_PROXY
==== arg-platform
FROM a
ARG TARGETARCH
VOLUME /$TARGETARCH
==== arg-platform-undeclared
FROM a
VOLUME /x$TARGETARCH
==== arg-escaped-end
FROM a
ARG A=b\⟦END⟧
==== env
FROM a
ENV A=1 B=2
==== env-old
FROM a
ENV A 1 2  3
==== env-old-equals
FROM a
ENV A b=c
==== env-old-quotes
FROM a
ENV A "b c" d
==== env-old-tab
FROM a
ENV A	b
==== env-old-quoted-name
FROM a
ENV "A B" c
==== env-one-word
FROM a
ENV A
==== env-none
FROM a
ENV
==== env-mixed
FROM a
ENV A=1 B C=2
==== env-mixed-dquote
FROM a
ENV A=1 "B C"
==== env-blank-name
FROM a
ENV =x
==== env-equals-later
FROM a
ENV A=b=c
==== env-quoted
FROM a
ENV A="b c" D='e f' G=h\ i
==== env-quoted-key
FROM a
ENV "A"=b
==== env-quoted-pair
FROM a
ENV "A=b"
==== env-quote-in-quote
FROM a
ENV A="it's" B='say "x"'
==== env-escaped-quote
FROM a
ENV A="b\"c" D=e\"f
==== env-single-escape
FROM a
ENV A='b\' C=d
==== env-unclosed
FROM a
ENV A="b c
==== env-unclosed-unused
FROM a AS x
ENV A="b c
FROM b
==== env-same-line
FROM a
ENV abc=hello
ENV abc=bye def=$abc
ENV ghi=$abc
==== env-key-expanded
FROM a
ENV A=n
ENV $A=v
==== env-empty
FROM a
ENV A= B=""
==== env-backtick
# escape=`
FROM a
ENV A="b`"c" D=e` f G=C:\x
==== env-unicode-blank
FROM a
ENV A=b C=d
==== env-twice
FROM a
ENV A=1
ENV B=2
ENV A=3
==== env-trailing-escape
FROM a
ENV A=b\\
==== env-path
FROM a
ENV PATH=/x:$PATH
==== env-path-base
FROM base-with-env
ENV PATH=/x:$PATH
==== label
FROM a
LABEL a=b "c.d"="e f" g='h'
==== label-old
FROM a
LABEL a b c
==== label-one-word
FROM a
LABEL a
==== label-none
FROM a
LABEL
==== label-mixed
FROM a
LABEL a=b c
==== label-variable
FROM a
ENV V=1
LABEL a=$V b='$V' c="$V"
==== label-dashes
FROM a
LABEL io.github.readonly-rootfs.writable-paths="/tmp /var/run/app"
==== label-multi-line
FROM a
LABEL a="x \
  y" \
 b=z
==== user
FROM a
USER app
==== user-group
FROM a
USER 1000:1000
==== user-only-group
FROM a
USER :grp
==== user-blank
FROM a
USER app extra
==== user-quoted
FROM a
USER "app"
==== user-single-quoted
FROM a
USER 'app'
==== user-none
FROM a
USER
==== user-undefined
FROM a
USER $U
==== user-default
FROM a
USER ${U:-nobody}
==== user-json
FROM a
USER ["app"]
==== workdir
FROM a
WORKDIR /a
==== workdir-relative
FROM a
WORKDIR /a
WORKDIR b
WORKDIR ../c
==== workdir-slash
FROM a
WORKDIR /a/
WORKDIR /b//c
==== workdir-json
FROM a
WORKDIR ["/a"]
==== workdir-blank
FROM a
WORKDIR /a b
==== workdir-quoted
FROM a
WORKDIR "/a b"
==== workdir-variable
FROM a
ENV D=/d
WORKDIR $D/e
==== workdir-undefined
FROM a
WORKDIR /a
WORKDIR $U
==== workdir-none
FROM a
WORKDIR
==== workdir-windows
FROM a
WORKDIR C:\a
==== copy
FROM a
COPY a b /c/
==== copy-one
FROM a
COPY a
==== copy-none
FROM a
COPY
==== copy-json
FROM a
COPY ["a b", "/c d/"]
==== copy-json-one
FROM a
COPY ["a"]
==== copy-json-empty
FROM a
COPY []
==== copy-quoted-blank
FROM a
COPY "a b" /c
==== copy-quoted
FROM a
COPY "a" "/c"
==== copy-variable
FROM a
ENV S=s D=/d
COPY $S ${D}/
==== copy-bad-variable
FROM a
COPY ${x^} /d
==== copy-chown-variable
FROM a
ARG U=1
COPY --chown=$U:${U} a /b
==== copy-from-variable
FROM a
ARG X=y
COPY --from=$X a /b
==== add
FROM a
ADD a /b
==== add-url
FROM a
ADD https://x.y/z /b
==== add-one
FROM a
ADD a
==== expose
FROM a
EXPOSE 80 443/tcp 53/udp 8000-8002
==== expose-none
FROM a
EXPOSE
==== expose-variable
FROM a
ENV P=80
EXPOSE $P
==== stopsignal
FROM a
STOPSIGNAL SIGTERM
==== stopsignal-number
FROM a
STOPSIGNAL 9
==== stopsignal-none
FROM a
STOPSIGNAL
==== maintainer
FROM a
MAINTAINER a b <c@d>
==== maintainer-none
FROM a
MAINTAINER
==== healthcheck
FROM a
HEALTHCHECK --interval=5m --timeout=3s --start-period=1m30s --retries=3 CMD curl -f http://localhost
==== healthcheck-json
FROM a
HEALTHCHECK CMD ["a", "b"]
==== healthcheck-lower
FROM a
HEALTHCHECK cmd a
==== healthcheck-none
FROM a
HEALTHCHECK NONE
==== healthcheck-none-args
FROM a
HEALTHCHECK NONE x
==== healthcheck-none-flags
FROM a
HEALTHCHECK --foo NONE
==== healthcheck-empty
FROM a
HEALTHCHECK
==== healthcheck-type
FROM a
HEALTHCHECK FOO
==== healthcheck-cmd-empty
FROM a
HEALTHCHECK CMD
==== healthcheck-cmd-empty-json
FROM a
HEALTHCHECK CMD []
==== healthcheck-json-mixed
FROM a
HEALTHCHECK CMD ["a", 1]
==== healthcheck-zero
FROM a
HEALTHCHECK --timeout=0 --interval=0s CMD a
==== healthcheck-fraction
FROM a
HEALTHCHECK --timeout=1.5h --start-interval=.5s CMD a
==== healthcheck-duration-empty
FROM a
HEALTHCHECK --timeout= CMD a
==== healthcheck-retries-plus
FROM a
HEALTHCHECK --retries=+1 CMD a
==== healthcheck-unknown-flag
FROM a
HEALTHCHECK --foo=1 CMD a
==== onbuild
FROM a
ONBUILD USER x
==== onbuild-none
FROM a
ONBUILD
==== onbuild-onbuild
FROM a
ONBUILD ONBUILD USER x
==== onbuild-from
FROM a
ONBUILD FROM x
==== onbuild-maintainer
FROM a
ONBUILD maintainer x
==== onbuild-unknown
FROM a
ONBUILD FOO x
==== onbuild-meaning
FROM a
ONBUILD VOLUME
==== onbuild-syntax
FROM a
ONBUILD ENV x
==== onbuild-json
FROM a
ONBUILD VOLUME ["/a", 1]
==== onbuild-flag
FROM a
ONBUILD COPY --foo a /b
==== onbuild-heredoc
FROM a
ONBUILD RUN <<E
x
E
USER y
==== onbuild-copy-heredoc
FROM a
ONBUILD COPY <<E /f
x $y
E
==== onbuild-stage
FROM a AS x
ONBUILD VOLUME /v
ONBUILD USER u
FROM x
WORKDIR /w
==== onbuild-grandchild
FROM a AS x
ONBUILD VOLUME /v
FROM x AS y
FROM y
==== onbuild-arg
FROM a AS x
ONBUILD ARG D=/d
ONBUILD VOLUME $D
FROM x
==== onbuild-triggered-bad
FROM a AS x
ONBUILD FOO
FROM x
==== onbuild-lower
FROM a
onbuild user x
