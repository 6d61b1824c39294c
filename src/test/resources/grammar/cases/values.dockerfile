==== expose-ranges
FROM a
EXPOSE 80-90 443/udp 9000-9001:9000-9001/tcp
==== expose-zero
FROM a
EXPOSE 0
==== expose-upper-protocol
FROM a
EXPOSE 80/TCP
==== expose-sctp
FROM a
EXPOSE 80/sctp
==== expose-ip
FROM a
EXPOSE 127.0.0.1:80:8080
==== expose-slash
FROM a
EXPOSE 80/
==== expose-variable-undefined
FROM a
EXPOSE $P
==== expose-variable-default
FROM a
EXPOSE ${P:-80}
==== onbuild-expose-bad
FROM a
ONBUILD EXPOSE http
==== stopsignal-name
FROM a
STOPSIGNAL KILL
==== stopsignal-lower
FROM a
STOPSIGNAL sigterm
==== stopsignal-number-large
FROM a
STOPSIGNAL 99
==== stopsignal-number-largest
FROM a
STOPSIGNAL 65
==== stopsignal-rt
FROM a
STOPSIGNAL RTMIN+3
==== stopsignal-variable
FROM a
ARG S=SIGQUIT
STOPSIGNAL $S
==== chmod-octal
FROM a
COPY --chmod=755 x /x
==== chmod-octal-four
FROM a
COPY --chmod=1777 x /x
==== chmod-symbolic
FROM a
COPY --chmod=u=rwX,go=rX x /x
==== chmod-empty
FROM a
COPY --chmod= x /x
==== chmod-variable
FROM a
ARG M=0640
COPY --chmod=$M x /x
==== chmod-onbuild
FROM a
ONBUILD COPY --chmod=999 x /x
==== chown-empty
FROM a
COPY --chown= x /x
==== copy-from-itself
FROM a AS one
COPY --from=one x /x
==== copy-from-itself-index
FROM a AS one
COPY --from=0 x /x
==== copy-from-later
FROM a AS one
COPY --from=two x /x
FROM b AS two
==== copy-from-later-target target=one
FROM a AS one
COPY --from=two x /x
FROM b AS two
==== copy-from-later-index target=one
FROM a AS one
COPY --from=1 x /x
FROM b AS two
==== copy-from-empty
FROM a
COPY --from= x /x
==== copy-from-blank-name
FROM a
COPY --from="a b" x /x
==== copy-from-upper
FROM a
COPY --from=A/B x /x
==== copy-from-upper-stage
FROM a AS One
FROM b
COPY --from=ONE x /x
==== copy-from-scratch
FROM a
COPY --from=scratch x /x
==== mount-from-index
FROM a AS one
FROM b
RUN --mount=from=0,target=/x true
==== mount-from-index-bad
FROM a
RUN --mount=from=5,target=/x true
==== mount-types
FROM a
RUN --mount=type=cache,target=/c --mount=type=tmpfs,target=/t,size=10m --mount=type=secret,id=s --mount=type=ssh --mount=type=bind,target=/b true
==== mount-type-variable
FROM a
ARG T=cache
RUN --mount=type=$T,target=/x true
==== mount-target-relative
FROM a
WORKDIR /w
RUN --mount=type=cache,target=x true
==== mount-dst
FROM a
RUN --mount=type=cache,dst=/x --mount=type=cache,destination=/y true
==== mount-source-src
FROM a
RUN --mount=src=x,target=/x --mount=source=y,target=/y true
==== mount-required
FROM a
RUN --mount=type=secret,id=a,required --mount=type=secret,id=b,required=false true
==== mount-sharing
FROM a
RUN --mount=type=cache,target=/x,sharing=locked --mount=type=cache,target=/y,sharing=PRIVATE true
==== mount-mode
FROM a
RUN --mount=type=cache,target=/x,mode=0700,uid=1,gid=2 true
==== mount-size
FROM a
RUN --mount=type=tmpfs,target=/x,size=64k true
==== mount-secret-env
FROM a
RUN --mount=type=secret,id=s,env=S true
==== mount-secret-env-cache
FROM a
RUN --mount=type=cache,target=/x,env=S true
==== mount-secret-target
FROM a
RUN --mount=type=secret,target=/run/s true
==== mount-from-cache
FROM a
RUN --mount=type=cache,from=b,target=/x true
==== mount-from-tmpfs
FROM a
RUN --mount=type=tmpfs,from=b,target=/x true
==== mount-upper-type
FROM a
RUN --mount=TYPE=cache,TARGET=/x true
==== mount-onbuild
FROM a
ONBUILD RUN --mount=type=foo,target=/x true
==== mount-quoted
FROM a
RUN --mount=type=cache,"target=/a b" true
==== mount-unreachable target=one
FROM a AS one
FROM b
RUN --mount=type=foo,target=/x true
==== mount-unreachable-index target=one
FROM a AS one
FROM b
RUN --mount=from=9,target=/x true
==== platform
FROM --platform=linux/arm64 a
==== platform-short
FROM --platform=arm64 a
==== platform-os
FROM --platform=linux a
==== platform-empty
FROM --platform= a
==== platform-build
FROM --platform=$BUILDPLATFORM a
==== platform-stage
FROM a AS one
FROM --platform=linux/arm64 one
==== digest-short
FROM a@sha256:abc
==== digest-upper
FROM a@sha256:ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789
==== digest-other
FROM a@md5:0123456789abcdef0123456789abcdef
==== digest-sha512
FROM a@sha512:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
==== digest-tag
FROM a:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
==== digest-long
FROM a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef00
==== name-length
FROM ⟦a*255⟧
==== name-length-library
FROM ⟦a*247⟧
==== name-length-library-one-more
FROM ⟦a*248⟧
==== name-length-more
FROM x/⟦a*254⟧
==== tag-length
FROM a:⟦a*128⟧
==== tag-length-more
FROM a:⟦a*129⟧
==== tag-empty
FROM a:
==== tag-dash
FROM a:-x
==== name-hex
FROM ⟦a*64⟧
==== name-ipv6
FROM [::1]:5000/x
==== name-ipv6-no-port
FROM [::1]/x
==== name-ipv6-bad
FROM [zz]/x
==== name-port-only
FROM :5000/x
==== name-host-upper
FROM Example.COM/x
==== name-host-underscore
FROM my_host/x
==== name-host-dash
FROM -host.com/x
==== name-host-dot-end
FROM host./x
==== name-localhost
FROM localhost/x
==== name-host-upper-alone
FROM HOST/x
==== name-three-underscores
FROM a___b
==== name-two-dots
FROM a..b
==== name-slash-end
FROM a/
==== name-slash-start
FROM /a
==== name-scheme
FROM docker.io//a
==== name-https
FROM https://example.com/a
==== arg-default-unexpandable
FROM a
ARG A=${B
VOLUME /x
==== arg-default-unexpandable-global
ARG A=${B
FROM a
==== arg-default-error
FROM a
ARG A=${B:?missing}
==== arg-default-error-global
ARG A=${B:?missing}
FROM a
==== arg-default-substitution-bad
FROM a
ARG A=${B!x}
==== arg-name-quoted
FROM a
ARG "A"=b
VOLUME /$A
==== arg-pair-quoted
FROM a
ARG "A=b"
VOLUME /$A
==== arg-name-quoted-global
ARG "T=base-with-env"
FROM $T
==== arg-name-dash
FROM a
ARG A-B=c
==== arg-equals-first
FROM a
ARG =b
==== env-required-missing
FROM a
ENV A=${B:?missing}
==== git-source
FROM a
ADD https://github.com/moby/buildkit.git#v0.10:docs /x
==== git-source-ssh
FROM a
ADD git@github.com:moby/buildkit.git /x
==== git-source-scheme
FROM a
ADD git://github.com/moby/buildkit.git /x
==== url-copy-ftp
FROM a
COPY ftp://example.com/x /x
==== checksum-url
FROM a
ADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef https://example.com/x /x
==== checksum-empty
FROM a
ADD --checksum= https://example.com/x /x
==== checksum-git
FROM a
ADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef https://github.com/moby/buildkit.git /x
==== keep-git-dir-local
FROM a
ADD --keep-git-dir x /x
==== check-skip
# check=skip=all
FROM a
==== check-error
# check=error=true
FROM a
==== check-two
# check=skip=JSONArgsRecommended;error=true
FROM a
==== check-experimental
# check=experimental=all
FROM a
==== bom
⟦EF⟧⟦BB⟧⟦BF⟧FROM a
VOLUME /x
==== bom-directive
⟦EF⟧⟦BB⟧⟦BF⟧# escape=`
FROM a
VOLUME /a`b
==== bom-later
FROM a
⟦EF⟧⟦BB⟧⟦BF⟧USER b
==== heredoc-add
FROM a
ADD <<EOF /x
text
EOF
==== heredoc-unclosed
FROM a
COPY <<EOF /x
text
==== heredoc-chmod
FROM a
COPY --chmod=700 <<EOF /x
text
EOF
==== onbuild-copy-from-bad
FROM a
ONBUILD COPY --from=9 x /x
==== onbuild-stopsignal
FROM a
ONBUILD STOPSIGNAL SIGFOO
==== onbuild-checksum
FROM a
ONBUILD ADD --checksum=foo https://example.com/x /x
==== placeholder-base arg:B=a
ARG B=<B>
FROM ${B}
==== expose-two-variables
FROM a
ENV P="80 443"
EXPOSE $P
==== expose-mapping-mismatch
FROM a
EXPOSE 80-81:90
==== expose-mapping-empty
FROM a
EXPOSE :80
==== expose-ipv6
FROM a
EXPOSE [::1]:80:80
==== expose-plus
FROM a
EXPOSE +80
==== expose-leading-zeros
FROM a
EXPOSE 0080
==== stopsignal-rtmax
FROM a
STOPSIGNAL SIGRTMAX-3
==== stopsignal-negative
FROM a
STOPSIGNAL -9
==== stopsignal-nine
FROM a
STOPSIGNAL 9
==== stopsignal-quoted
FROM a
STOPSIGNAL "SIGTERM"
==== chmod-symbolic-many
FROM a
COPY --chmod=u+x,g-w,o= x /x
==== chmod-symbolic-copy
FROM a
COPY --chmod=g=u x /x
==== chmod-symbolic-sticky
FROM a
COPY --chmod=+t,u+s x /x
==== chmod-symbolic-no-who
FROM a
COPY --chmod=+x x /x
==== chmod-zero
FROM a
COPY --chmod=0 x /x
==== chmod-empty-variable
FROM a
COPY --chmod=$M x /x
==== mount-type-upper
FROM a
RUN --mount=type=CACHE,target=/x true
==== mount-rw
FROM a
RUN --mount=target=/x,rw --mount=target=/y,readwrite=false true
==== mount-target-dot-workdir
FROM a
WORKDIR /w
RUN --mount=type=cache,target=. true
==== mount-target-dotdot
FROM a
RUN --mount=type=cache,target=/x/.. true
==== mount-target-slashes
FROM a
RUN --mount=type=cache,target=// true
==== mount-ssh-target-root
FROM a
RUN --mount=type=ssh,target=/ true
==== mount-secret-target-root
FROM a
RUN --mount=type=secret,id=a,target=/ true
==== mount-csv-quote
FROM a
RUN --mount=type=cache,target="/x true
==== network-none
FROM a
RUN --network=none true
==== security-insecure
FROM a
RUN --security=insecure true
==== device
FROM a
RUN --device=vendor.com/device=all true
==== platform-upper
FROM --platform=LINUX/AMD64 a
==== platform-variant
FROM --platform=linux/arm/v7 a
==== platform-x86
FROM --platform=linux/x86_64 a
==== platform-default
FROM --platform=${P:-linux/amd64} a
==== platform-modifier
FROM --platform=${P^^} a
==== git-bad-scheme
FROM a
ADD git+https://github.com/moby/buildkit.git /x
==== git-query
FROM a
ADD https://github.com/moby/buildkit.git?ref=v0.10 /x
==== git-github-short
FROM a
ADD github.com/moby/buildkit /x
==== git-github-short-copy
FROM a
COPY github.com/moby/buildkit /x
==== git-ssh-url
FROM a
ADD ssh://git@github.com/moby/buildkit.git /x
==== git-ssh-scp-no-user-copy
FROM a
COPY host.xz:path/to/repo.git /x
==== git-fragment-empty
FROM a
ADD https://github.com/moby/buildkit.git# /x
==== git-subdir-parent
FROM a
ADD https://github.com/moby/buildkit.git#v1:../x /x
==== git-checksum-short
FROM a
ADD --checksum=0123456789abcdef https://github.com/moby/buildkit.git /x
==== url-upper-copy
FROM a
COPY HTTPS://example.com/x /x
==== url-upper-add
FROM a
ADD HTTPS://example.com/x /x
==== url-bad
FROM a
ADD http://[::1/x /x
==== checksum-variable-undefined
FROM a
ADD --checksum=$C https://example.com/x /x
==== checksum-unreached target=two
FROM a AS one
ADD --checksum=foo https://example.com/x /x
FROM b AS two
==== unpack-copy
FROM a
COPY --unpack x /x
==== unpack-bad
FROM a
ADD --unpack=maybe x /x
==== parents
FROM a
COPY --parents x/./y /x/
==== parents-add
FROM a
ADD --parents x /x
==== exclude
FROM a
COPY --exclude=*.md --exclude=*.txt x /x/
==== exclude-variable
FROM a
ARG E=*.md
COPY --exclude=$E x /x/
==== exclude-bad
FROM a
COPY --exclude=[ x /x/
==== many-sources-no-directory
FROM a
COPY x y /z
==== many-sources-variable
FROM a
ARG D=/z
COPY x y $D
==== many-sources-dot
FROM a
COPY x y .
==== wildcard-no-directory
FROM a
COPY * /z
==== heredocs-no-directory
FROM a
COPY <<A <<B /z
a
A
b
B
==== healthcheck-flag-unknown-onbuild
FROM a
ONBUILD HEALTHCHECK --foo=1 CMD x
==== arg-default-unexpandable-stage
FROM a
ARG A=${B^^}
==== arg-default-unexpandable-overridden arg:A=x
FROM a
ARG A=${B^^}
VOLUME /$A
==== arg-default-unexpandable-global-overridden arg:A=x
ARG A=${B^^}
FROM a
ARG A
VOLUME /$A
==== arg-default-unexpandable-unreached target=two
FROM a AS one
ARG A=${B^^}
FROM b AS two
==== arg-two-second-bad
FROM a
ARG A=b C=${D^^}
==== label-modifier-bad
FROM a
LABEL a=${B^^}
==== user-modifier-bad
FROM a
USER ${B^^}
==== workdir-empty-variable
FROM a
WORKDIR $X
==== user-empty-variable
FROM a
USER $X
==== volume-empty-variable
FROM a
VOLUME $X
==== volume-empty-string
FROM a
VOLUME [""]
==== shell-variable
FROM a
SHELL ["$X", "-c"]
CMD a
==== shell-not-json
FROM a
SHELL bash -c
==== shell-empty
FROM a
SHELL []
==== mount-no-target-workdir
FROM a
WORKDIR /w
RUN --mount=type=cache true
==== mount-variable-keys
FROM a
ARG T=/x
RUN --mount=type=cache,target=$T,uid=${U:-1000} true
==== device-name
FROM a
RUN --device=name=vendor.com/device=all,required=true true
==== device-key-first
FROM a
RUN --device=foo=bar true
==== git-query-keep
FROM a
ADD --keep-git-dir https://github.com/moby/buildkit.git?keep-git-dir&submodules=false /x
==== git-ssh-checksum
FROM a
ADD --checksum=abc ssh://git@github.com/moby/buildkit /x
==== expose-host-empty-address
FROM a
EXPOSE ::80
==== expose-host-range
FROM a
EXPOSE 8000-8010:80
==== expose-address-ipv6-bare
FROM a
EXPOSE ::1:80:80
==== expose-address-no-host
FROM a
EXPOSE 127.0.0.1::80