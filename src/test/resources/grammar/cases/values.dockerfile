==== expose-ranges
FROM a
EXPOSE 80-90 443/udp 9000-9001:9000-9001/tcp
==== expose-zero
FROM a
EXPOSE 0
==== expose-too-large
FROM a
EXPOSE 65536
==== expose-upper-protocol
FROM a
EXPOSE 80/TCP
==== expose-unknown-protocol
FROM a
EXPOSE 80/quic
==== expose-sctp
FROM a
EXPOSE 80/sctp
==== expose-ip
FROM a
EXPOSE 127.0.0.1:80:8080
==== expose-backwards
FROM a
EXPOSE 90-80
==== expose-slash
FROM a
EXPOSE 80/
==== expose-two-protocols newer-rejects
FROM a
EXPOSE 80/tcp/udp
==== expose-variable-undefined
FROM a
EXPOSE $P
==== expose-variable-default
FROM a
EXPOSE ${P:-80}
==== expose-comma
FROM a
EXPOSE 80,81
==== expose-negative
FROM a
EXPOSE -80
==== expose-name
FROM a
EXPOSE http
==== onbuild-expose-bad
FROM a
ONBUILD EXPOSE http
==== stopsignal-name
FROM a
STOPSIGNAL KILL
==== stopsignal-lower
FROM a
STOPSIGNAL sigterm
==== stopsignal-zero
FROM a
STOPSIGNAL 0
==== stopsignal-number-large
FROM a
STOPSIGNAL 99
==== stopsignal-number-largest
FROM a
STOPSIGNAL 65
==== stopsignal-rt
FROM a
STOPSIGNAL RTMIN+3
==== stopsignal-unknown
FROM a
STOPSIGNAL SIGFOO
==== stopsignal-variable
FROM a
ARG S=SIGQUIT
STOPSIGNAL $S
==== stopsignal-variable-undefined
FROM a
STOPSIGNAL $S
==== chmod-octal
FROM a
COPY --chmod=755 x /x
==== chmod-octal-four
FROM a
COPY --chmod=1777 x /x
==== chmod-octal-large newer-rejects
FROM a
COPY --chmod=77777 x /x
==== chmod-octal-bad newer-rejects
FROM a
COPY --chmod=888 x /x
==== chmod-symbolic
FROM a
COPY --chmod=u=rwX,go=rX x /x
==== chmod-symbolic-bad newer-rejects
FROM a
COPY --chmod=z+q x /x
==== chmod-empty
FROM a
COPY --chmod= x /x
==== chmod-negative newer-rejects
FROM a
COPY --chmod=-1 x /x
==== chmod-variable
FROM a
ARG M=0640
COPY --chmod=$M x /x
==== chmod-variable-bad newer-rejects
FROM a
ARG M=foo
COPY --chmod=$M x /x
==== chmod-add newer-rejects
FROM a
ADD --chmod=9 x /x
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
==== copy-from-negative
FROM a
COPY --from=-1 x /x
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
==== mount-from-argument
ARG S=one
FROM a AS one
FROM b
ARG S
RUN --mount=from=$S,target=/x true
==== mount-types
FROM a
RUN --mount=type=cache,target=/c --mount=type=tmpfs,target=/t,size=10m --mount=type=secret,id=s --mount=type=ssh --mount=type=bind,target=/b true
==== mount-type-unknown
FROM a
RUN --mount=type=foo,target=/x true
==== mount-type-variable
FROM a
ARG T=cache
RUN --mount=type=$T,target=/x true
==== mount-key-unknown
FROM a
RUN --mount=type=cache,target=/x,foo=bar true
==== mount-key-blank
FROM a
RUN --mount=type=cache,target=/x, true
==== mount-no-target-bind
FROM a
RUN --mount=type=bind true
==== mount-no-target-cache
FROM a
RUN --mount=type=cache true
==== mount-no-target-tmpfs
FROM a
RUN --mount=type=tmpfs true
==== mount-target-root
FROM a
RUN --mount=type=cache,target=/ true
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
==== mount-readonly-bad
FROM a
RUN --mount=target=/x,ro=maybe true
==== mount-flag-unknown
FROM a
RUN --mount=target=/x,foo true
==== mount-required
FROM a
RUN --mount=type=secret,id=a,required --mount=type=secret,id=b,required=false true
==== mount-required-bad
FROM a
RUN --mount=type=secret,id=a,required=maybe true
==== mount-required-cache
FROM a
RUN --mount=type=cache,target=/x,required true
==== mount-sharing
FROM a
RUN --mount=type=cache,target=/x,sharing=locked --mount=type=cache,target=/y,sharing=PRIVATE true
==== mount-sharing-bad
FROM a
RUN --mount=type=cache,target=/x,sharing=foo true
==== mount-sharing-bind
FROM a
RUN --mount=type=bind,target=/x,sharing=shared true
==== mount-mode
FROM a
RUN --mount=type=cache,target=/x,mode=0700,uid=1,gid=2 true
==== mount-mode-bad
FROM a
RUN --mount=type=cache,target=/x,mode=9 true
==== mount-mode-bind
FROM a
RUN --mount=type=bind,target=/x,mode=0700 true
==== mount-uid-bad
FROM a
RUN --mount=type=cache,target=/x,uid=root true
==== mount-uid-negative
FROM a
RUN --mount=type=cache,target=/x,uid=-1 true
==== mount-size
FROM a
RUN --mount=type=tmpfs,target=/x,size=64k true
==== mount-size-bad
FROM a
RUN --mount=type=tmpfs,target=/x,size=big true
==== mount-size-cache
FROM a
RUN --mount=type=cache,target=/x,size=1 true
==== mount-secret-env newer
FROM a
RUN --mount=type=secret,id=s,env=S true
==== mount-secret-env-cache newer
FROM a
RUN --mount=type=cache,target=/x,env=S true
==== mount-secret-no-id
FROM a
RUN --mount=type=secret true
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
==== platform-bad
FROM --platform=foo/bar/baz/qux a
==== platform-bad-chars
FROM --platform=linux/$%^ a
==== platform-empty
FROM --platform= a
==== platform-unknown-os
FROM --platform=foo a
==== platform-undefined
FROM --platform=$NONE a
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
==== arg-default-unexpandable-global newer-rejects
ARG A=${B
FROM a
==== arg-default-error
FROM a
ARG A=${B:?missing}
==== arg-default-error-global newer-rejects
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
==== arg-name-quoted-global newer-rejects
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
==== git-source-copy
FROM a
COPY https://github.com/moby/buildkit.git /x
==== git-source-ssh
FROM a
ADD git@github.com:moby/buildkit.git /x
==== git-source-ssh-copy
FROM a
COPY git@github.com:moby/buildkit.git /x
==== git-source-scheme
FROM a
ADD git://github.com/moby/buildkit.git /x
==== git-source-scheme-copy
FROM a
COPY git://github.com/moby/buildkit.git /x
==== url-copy-http
FROM a
COPY http://example.com/x /x
==== url-copy-ftp
FROM a
COPY ftp://example.com/x /x
==== checksum-local
FROM a
ADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef x /x
==== checksum-url
FROM a
ADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef https://example.com/x /x
==== checksum-bad
FROM a
ADD --checksum=foo https://example.com/x /x
==== checksum-two
FROM a
ADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef https://example.com/x https://example.com/y /x/
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
