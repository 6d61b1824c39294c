==== name
FROM a AS b
==== name-lower-as
FROM a as b
==== name-upper
FROM a AS Builder
FROM builder
USER x
==== name-case-mismatch
FROM a AS Builder
USER x
FROM Builder
==== name-digit
FROM a AS 1a
==== name-symbols
FROM a AS a-b_c.d9
==== name-slash
FROM a AS a/b
==== name-variable
ARG N=x
FROM a AS $N
==== name-quoted
FROM a AS "b"
==== name-unicode
FROM a AS bü
==== name-missing
FROM a AS
==== two-words
FROM a b
==== four-words
FROM a AS b c
==== three-words-no-as
FROM a IS b
==== none
FROM
==== none-then-user
FROM
USER x
==== no-from
ARG x
==== env-before
ENV A=b
FROM a
==== user-before
USER b
FROM a
==== arg-before
ARG A=b
ARG C
FROM a
==== arg-in-name
ARG A=b
FROM x:$A
==== arg-in-name-default
FROM ${A:-scratch}
USER x
==== arg-undefined
FROM $A
==== arg-undefined-part
FROM a:$A
==== arg-build arg:A=base-with-env
ARG A
FROM $A
VOLUME $CATALINA_HOME/x
==== arg-names-stage
ARG A=one
FROM a AS one
USER u
FROM $A
==== quoted-image
FROM "a"
USER x
==== json
FROM ["a"]
==== scratch
FROM scratch
WORKDIR x
==== stage-inherits
FROM a AS one
ENV E=1
VOLUME /v
USER u
WORKDIR /w
FROM one
VOLUME $E
==== stage-arg-inherits
FROM a AS one
ARG D=/d
FROM one
VOLUME $D
==== stage-index
FROM a
USER x
FROM 0
==== stage-with-tag
FROM a AS base
USER x
FROM base:latest
==== stage-duplicate
FROM a AS x
USER one
FROM a AS x
USER two
FROM x
==== stage-named-as-image
FROM nginx AS nginx
USER n
FROM nginx
==== stage-scratch
FROM a AS scratch
USER s
FROM scratch
==== target target=one
FROM a AS one
USER o
FROM a AS two
USER t
==== target-case target=ONE
FROM a AS one
USER o
FROM a
==== target-unknown target=x
FROM a AS one
==== target-index target=0
FROM a
USER o
FROM a
==== unreachable-broken
FROM a AS x
VOLUME $U
USER ${x^^}
FROM a
USER ok
==== unreachable-syntax
FROM a AS x
VOLUME
FROM a
==== copy-from-index
FROM a
FROM a
COPY --from=0 x /y
==== copy-from-name
FROM a AS One
VOLUME /v
FROM a
COPY --from=ONE x /y
==== copy-from-image
FROM a
COPY --from=nginx:1 x /y
==== platform-variable
ARG P=linux/arm64
FROM --platform=$P a
==== digest
FROM a@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d
==== bad-reference
FROM UPPER
==== registry-port
FROM host:5000/a/b:1.2
==== base-all
FROM base-with-all
VOLUME /v
==== base-all-entrypoint
FROM base-with-all
ENTRYPOINT x
==== base-onbuild
FROM base-with-onbuild
VOLUME /own
==== base-env-volume
FROM base-with-env
VOLUME $CATALINA_HOME/temp
USER $APP_UID
==== digest-sha384
FROM a@sha384:⟦a*96⟧
==== digest-no-algorithm
FROM a@0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
==== digest-two
FROM a@sha256:⟦a*64⟧@sha256:⟦a*64⟧
==== digest-empty
FROM a@
==== digest-tag-empty
FROM a:@sha256:⟦a*64⟧
==== name-ipv6-zone
FROM [fe80::1%eth0]:5000/x
==== name-ipv6-unclosed
FROM [::1:5000/x
==== name-ipv6-empty
FROM []/x
==== name-ipv6-alone
FROM [::1]
==== name-ipv6-deep
FROM [2001:db8::1]:443/a/b/c:1.0
==== name-ipv4
FROM 127.0.0.1:5000/x
==== name-port-letters
FROM host:port/x
==== name-port-empty
FROM host:/x
==== name-length-with-host
FROM example.com/⟦a*255⟧
==== name-length-with-host-more
FROM example.com/⟦a*256⟧
==== name-length-two-parts
FROM a/⟦b*253⟧
==== name-length-two-parts-more
FROM a/⟦b*254⟧
==== name-length-and-tag
FROM ⟦a*247⟧:⟦b*128⟧
==== name-accent
FROM café
==== name-blank-in-variable
ARG X="a b"
FROM $X
==== name-dash-end
FROM a-
==== name-dashes
FROM a---b
==== name-dot-dash
FROM a.-b
==== name-index-docker
FROM index.docker.io/library/a
==== tag-variable-empty
FROM a:$X
==== tag-variable-dash
ARG V=-1
FROM a:$V
==== tag-two
FROM a:1:2
==== tag-slash
FROM a:1/b
==== tag-upper
FROM a:Latest
==== tag-plus
FROM a:1+2
==== placeholder-angle
FROM <image>
==== placeholder-braces
FROM {{ image }}
==== placeholder-arg-default
ARG B=<B>
FROM ${B}
==== placeholder-arg-default-part
ARG V=<version>
FROM a:${V}
