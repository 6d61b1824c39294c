==== prefix
FROM a
ENV V=foobarbaz
VOLUME /${V#foo} /${V##*o} /${V#*b} /${V##*b}
==== suffix
FROM a
ENV V=foobarbaz
VOLUME /${V%baz} /${V%%b*} /${V%b*} /${V%?}
==== replace
FROM a
ENV V=foobarbaz
VOLUME /${V/ba/x} /${V//ba/x} /${V/o/} /${V//[o]/0}
==== prefix-undefined
FROM a
VOLUME /x${V#foo} /y${V%foo} /z${V/a/b}
==== prefix-variable-pattern
FROM a
ENV V=foobarbaz P=foo
VOLUME /${V#$P} /${V%${P}} /${V/$P/x}
==== replace-variable-replacement
FROM a
ENV V=foobarbaz P=x
VOLUME /${V/foo/$P} /${V//ba/${P}y}
==== prefix-arg
ARG V=foobarbaz
FROM a
ARG V
ARG W=${V#foo}
VOLUME /$W
==== prefix-from
ARG IMAGE=x-base-with-env
FROM ${IMAGE#x-}
VOLUME $CATALINA_HOME
==== suffix-from
ARG IMAGE=base-with-env:1
FROM ${IMAGE%:*}
VOLUME $CATALINA_HOME
==== replace-from
ARG IMAGE=base_with_env
FROM ${IMAGE//_/-}
VOLUME $CATALINA_HOME
==== prefix-user
FROM a
ENV U=x:app
USER ${U#*:}
==== suffix-workdir
FROM a
ENV D=/a/b/c
WORKDIR ${D%/*}
==== replace-workdir
FROM a
ENV D=/a/b/c
WORKDIR ${D//\//_}
==== prefix-colon
FROM a
ENV V=foo
VOLUME /${V:#f}
==== suffix-colon
FROM a
ENV V=foo
VOLUME /${V:%o}
==== replace-colon
FROM a
ENV V=foo
VOLUME /${V:/o/0}
==== replace-unfinished
FROM a
ENV V=foo
VOLUME /${V/o}
==== replace-unfinished-all
FROM a
ENV V=foo
VOLUME /${V//o}
==== prefix-unfinished
FROM a
ENV V=foo
VOLUME /${V#o
==== prefix-bad-escape
FROM a
ENV V=foo
VOLUME /${V#\f}
==== prefix-empty
FROM a
ENV V=foo
VOLUME /${V#} /x${V%}
==== prefix-quoted
FROM a
ENV V=foo*bar
VOLUME /${V#"foo*"}
==== prefix-single-quoted
FROM a
ENV V=foo*bar
VOLUME /${V#'foo*'}
==== prefix-escaped-star
FROM a
ENV V=foo*bar
VOLUME /${V#foo\*}
==== replace-group
FROM a
ENV V=foobar
VOLUME /${V//o/[$0]}
==== replace-dollar-name
FROM a
ENV V=foobar
VOLUME /${V//o/$1x}
==== replace-backtick
# escape=`
FROM a
ENV V=a/b
VOLUME /${V/`//x}
==== prefix-bracket
FROM a
ENV V=foobar
VOLUME /${V#[f]}
==== nested
FROM a
ENV V=foobar
VOLUME /${V#${W:-foo}}
==== nested-inner
FROM a
ENV V=foobar
VOLUME /${W:-${V%bar}}
==== in-copy
FROM a
ENV V=foobar
COPY ${V%bar} /${V#foo}
==== in-copy-heredoc
FROM a
ENV V=foobar
COPY <<EOF /x
${V#foo} ${V%bar} ${V/o/0} ${V//o/0}
EOF
==== in-copy-heredoc-bad
FROM a
ENV V=foobar
COPY <<EOF /x
${V:#foo}
EOF
==== in-label
FROM a
ENV V=foobar
LABEL a=${V#foo} b="${V%bar}" c='${V#foo}'
==== in-env
FROM a
ENV V=foobar
ENV W=${V#foo} X="${V/o/ o}" Y='${V#foo}'
==== in-expose
FROM a
ENV P=tcp80
EXPOSE ${P#tcp}
==== in-stopsignal
FROM a
ENV S=xSIGTERM
STOPSIGNAL ${S#x}
==== in-chown
FROM a
ENV U=x:1
COPY --chown=${U#x:} a /a
==== in-mount
FROM a
ENV D=x/c
RUN --mount=type=cache,target=${D#x} true
==== in-cmd
FROM a
ENV V=foobar
CMD echo ${V:#foo}
==== in-run
FROM a
ENV V=foobar
RUN echo ${V:#foo} ${V:1:2}
==== in-healthcheck
FROM a
HEALTHCHECK CMD echo ${V:#foo}
==== arg-same-line
FROM a
ARG A=xfoo B=/${A#x}
VOLUME $B
==== global-arg-same-line
ARG A=x-base-with-env B=${A#x-}
FROM $B
VOLUME $CATALINA_HOME
==== global-arg-chain
ARG A=x-base-with-env
ARG A=${A#x-}
FROM $A
VOLUME $CATALINA_HOME
==== arg-key-variable
FROM a
ENV K=name
ARG $K=v
VOLUME /x$name
==== arg-key-variable-global
ARG K=name
ARG $K=base-with-env
FROM a${name}
==== arg-key-quoted
FROM a
ARG "A"=b 'C'=d
VOLUME /x$A$C
==== arg-key-escaped
FROM a
ARG A\B=c
VOLUME /x$AB
==== windows-path
FROM --platform=windows/amd64 a
ENV P=$PATH
==== windows-path-set
FROM --platform=windows/amd64 a
ENV PATH=C:\x;$PATH
==== windows-base-path
FROM --platform=windows base-with-env
ENV P=$PATH
==== windows-stage
FROM --platform=windows/amd64 a AS one
FROM one
ENV P=x$PATH
==== windows-workdir
FROM --platform=windows/amd64 a
WORKDIR C:\app
==== windows-workdir-slash
FROM --platform=windows/amd64 a
WORKDIR /app
==== windows-workdir-relative
FROM --platform=windows/amd64 a
WORKDIR app
WORKDIR sub
==== windows-workdir-drive
FROM --platform=windows/amd64 a
WORKDIR D:\app
==== windows-copy-drive
FROM --platform=windows/amd64 a
COPY x D:\app\
==== windows-copy
FROM --platform=windows/amd64 a
COPY x C:/app/
==== windows-cmd
FROM --platform=windows/amd64 a
CMD echo x
==== windows-shell
FROM --platform=windows/amd64 a
SHELL ["powershell", "-Command"]
ENTRYPOINT go
==== windows-volume
FROM --platform=windows/amd64 a
VOLUME C:\data
==== windows-user
FROM --platform=windows/amd64 a
USER ContainerUser
==== windows-version
FROM --platform=windows(10.0.20348)/amd64 a
ENV P=$PATH
==== darwin-path
FROM --platform=darwin/arm64 a
ENV P=$PATH
==== windows-scratch
FROM --platform=windows/amd64 scratch
ENV P=$PATH
==== windows-unreached target=two
FROM --platform=windows/amd64 a AS one
WORKDIR D:\app
FROM b AS two
==== windows-target-os
FROM --platform=windows/amd64 a
ARG TARGETOS
ENV P=x$TARGETOS
==== windows-onbuild
FROM --platform=windows/amd64 a AS one
ONBUILD WORKDIR D:\app
FROM one
==== windows-run-heredoc
FROM --platform=windows/amd64 a
RUN <<EOF
#!x
EOF
==== windows-env-case
FROM --platform=windows/amd64 a
ENV Path=x
ENV P=$PATH
==== windows-copy-source
FROM --platform=windows/amd64 a
COPY D:/x /app/
==== windows-add-url
FROM --platform=windows/amd64 a
ADD https://example.com/x C:/app/
