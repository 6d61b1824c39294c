==== mount-from-itself
FROM a AS one
RUN --mount=from=one,target=/x true
==== mount-from-later
FROM a AS one
RUN --mount=from=two,target=/x true
FROM b AS two
==== mount-from-later-target target=one
FROM a AS one
RUN --mount=from=two,target=/x true
FROM b AS two
==== mount-from-upper-stage
FROM a AS one
FROM b
RUN --mount=from=ONE,target=/x true
==== mount-from-later-of-the-same-name
FROM a AS one
FROM b
RUN --mount=from=one,target=/x true
FROM c AS one
==== mount-from-dollar
FROM a
RUN --mount=from=$,target=/x true
==== mount-from-dollar-at-the-end
FROM a
RUN --mount=from=a$,target=/x true
==== mount-from-upper
FROM a
RUN --mount=from=A/B,target=/x true
==== mount-from-blank-name
FROM a
RUN --mount="from=a b,target=/x" true
==== mount-from-empty
FROM a
RUN --mount=from=,target=/x true
==== mount-from-negative
FROM a
RUN --mount=from=-1,target=/x true
==== mount-from-scratch
FROM a
RUN --mount=from=scratch,target=/x true
==== mount-from-image
FROM a
RUN --mount=from=registry.example:5000/x/y:1,target=/x true
==== mount-from-digest
FROM a
RUN --mount=from=a@sha256:abc,target=/x true
==== mount-from-two
FROM a AS one
FROM b
RUN --mount=from=one,target=/x --mount=from=A,target=/y true
==== mount-from-last-wins
FROM a AS one
FROM b
RUN --mount=from=A,from=one,target=/x true
==== mount-from-ssh
FROM a
RUN --mount=type=ssh,from=b,target=/x true
==== mount-from-ssh-upper
FROM a
RUN --mount=type=ssh,from=B,target=/x true
==== mount-from-tmpfs-later
FROM a
RUN --mount=type=tmpfs,from=two,target=/x true
FROM b AS two
==== mount-from-cache-itself
FROM a AS one
RUN --mount=type=cache,from=one,target=/x true
==== mount-from-key-upper
FROM a AS one
FROM b
RUN --mount=FROM=one,target=/x true
==== mount-from-quoted
FROM a AS one
FROM b
RUN --mount=from="one",target=/x true
==== mount-from-other-stage-chain
FROM a AS one
FROM one AS two
RUN --mount=from=one,target=/x true
==== mount-from-circle
FROM a AS one
RUN --mount=from=two,target=/x true
FROM b AS two
RUN --mount=from=one,target=/x true
==== mount-from-later-unreached target=two
FROM a AS one
RUN --mount=from=two,target=/x true
FROM b AS two
==== mount-from-upper-unreached target=two
FROM a AS one
RUN --mount=from=A/B,target=/x true
FROM b AS two
==== mount-from-digest-unreached target=two
FROM a AS one
RUN --mount=from=a@sha256:abc,target=/x true
FROM b AS two
==== mount-type-unreached target=two
FROM a AS one
RUN --mount=type=foo,target=/x true
FROM b AS two
==== mount-csv-unreached target=two
FROM a AS one
RUN --mount=type=cache,"target=/x true
FROM b AS two
==== copy-from-later-unreached target=two
FROM a AS one
COPY --from=two x /x
FROM b AS two
==== copy-from-upper-unreached target=two
FROM a AS one
COPY --from=A/B x /x
FROM b AS two
==== copy-from-variable-unreached target=two
FROM a AS one
ARG X=c
COPY --from=$X x /x
FROM b AS two
==== copy-from-digest-unreached target=two
FROM a AS one
COPY --from=a@sha256:abc x /x
FROM b AS two
==== copy-from-circle
FROM a AS one
COPY --from=two x /x
FROM b AS two
COPY --from=one x /x
==== copy-from-circle-of-three
FROM a AS one
COPY --from=three x /x
FROM one AS two
FROM b AS three
COPY --from=two x /x
==== copy-from-own-base
FROM a AS one
FROM one AS two
COPY --from=one x /x
==== copy-from-descendant
FROM a AS one
COPY --from=two x /x
FROM one AS two
==== copy-from-descendant-unreached target=three
FROM a AS one
COPY --from=two x /x
FROM one AS two
FROM b AS three
==== copy-from-same-name-later
FROM a AS one
FROM b
COPY --from=one x /x
FROM c AS one
==== copy-from-same-name-both
FROM a AS one
FROM b AS one
COPY --from=one x /x
==== copy-from-braces
FROM a
COPY --from=${X} x /x
==== copy-from-default
FROM a
COPY --from=${X:-b} x /x
==== copy-from-dollar
FROM a
COPY --from=$ x /x
==== copy-from-quoted
FROM a AS one
FROM b
COPY --from="one" x /x
==== copy-from-escaped
FROM a
COPY --from=\one x /x
==== copy-from-zero-padded
FROM a AS one
FROM b
COPY --from=00 x /x
==== copy-from-plus
FROM a AS one
FROM b
COPY --from=+0 x /x
==== copy-from-huge
FROM a
COPY --from=99999999999999999999 x /x
==== copy-from-index-named
FROM a AS one
FROM b
COPY --from=1 x /x
==== copy-from-context
FROM a
COPY --from=context x /x
==== copy-from-tag
FROM a
COPY --from=b:1 x /x
==== copy-from-tag-bad
FROM a
COPY --from=b:-1 x /x
==== copy-from-digest-bad
FROM a
COPY --from=b@sha256:abc x /x
==== copy-from-hex
FROM a
COPY --from=⟦a*64⟧ x /x
==== copy-from-slash
FROM a
COPY --from=/x x /x
==== copy-from-ipv6
FROM a
COPY --from=[::1]:5000/x x /x
==== copy-from-bad-brace
FROM a
COPY --from=${ x /x
==== base-upper-unreached target=two
FROM A AS one
FROM b AS two
==== base-blank-unreached target=two
FROM $X AS one
FROM b AS two
==== base-tag-unreached target=two
FROM a:-x AS one
FROM b AS two
==== base-digest-unreached target=two
FROM a@sha256:abc AS one
FROM b AS two
==== base-modifier-unreached target=two
FROM ${X^^} AS one
FROM b AS two
==== base-upper-after target=one
FROM a AS one
FROM B AS two
==== expose-unreached target=two
FROM a AS one
EXPOSE http
FROM b AS two
==== env-modifier-unreached target=two
FROM a AS one
ENV A=${B^^}
FROM b AS two
==== chmod-unreached target=two
FROM a AS one
COPY --chmod=zz x /x
FROM b AS two
==== onbuild-copy-from-later
FROM a
ONBUILD COPY --from=two x /x
==== onbuild-copy-from-upper
FROM a
ONBUILD COPY --from=A/B x /x
==== onbuild-copy-from-variable
FROM a
ONBUILD COPY --from=$X x /x
==== onbuild-mount-from-variable
FROM a
ONBUILD RUN --mount=from=$X,target=/x true
==== onbuild-mount-csv
FROM a
ONBUILD RUN --mount=type=cache,"target=/x true
==== onbuild-mount-from-upper
FROM a
ONBUILD RUN --mount=from=A,target=/x true
==== onbuild-triggered-copy-from-upper
FROM a AS one
ONBUILD COPY --from=A/B x /x
FROM one
==== onbuild-triggered-copy-from-variable
FROM a AS one
ONBUILD COPY --from=$X x /x
FROM one
==== onbuild-triggered-copy-from-itself
FROM a AS one
ONBUILD COPY --from=two x /x
FROM one AS two
==== onbuild-triggered-copy-from-base
FROM a AS one
ONBUILD COPY --from=one x /x
FROM one AS two
==== onbuild-triggered-copy-from-stage
FROM c AS zero
FROM a AS one
ONBUILD COPY --from=zero x /x
FROM one AS two
==== onbuild-triggered-copy-from-later
FROM a AS one
ONBUILD COPY --from=three x /x
FROM one AS two
FROM b AS three
==== onbuild-triggered-mount-from-itself
FROM a AS one
ONBUILD RUN --mount=from=two,target=/x true
FROM one AS two
==== onbuild-triggered-mount-from-upper
FROM a AS one
ONBUILD RUN --mount=from=A,target=/x true
FROM one AS two
==== onbuild-triggered-mount-from-variable
FROM a AS one
ONBUILD RUN --mount=from=$X,target=/x true
FROM one AS two
==== onbuild-triggered-env-modifier
FROM a AS one
ONBUILD ENV A=${B^^}
FROM one AS two
==== onbuild-triggered-arg-modifier
FROM a AS one
ONBUILD ARG A=${B:?m}
FROM one AS two
==== onbuild-triggered-expansions
FROM a AS one
ONBUILD ENV V=foobarbaz
ONBUILD VOLUME /${V#foo} /${V%baz} /${V/bar/x} /${V//b/c}
FROM one AS two
==== onbuild-triggered-heredoc
FROM a AS one
ONBUILD COPY <<EOF /x
text
EOF
FROM one AS two
==== onbuild-triggered-run-heredoc
FROM a AS one
ONBUILD RUN <<EOF
text
EOF
FROM one AS two
==== onbuild-heredoc-blank
FROM a
ONBUILD RUN << EOF
text
EOF
USER b
==== onbuild-heredoc-tabs-blank
FROM a
ONBUILD RUN <<- EOF
	text
	EOF
USER b
==== onbuild-copy-heredoc-blank
FROM a
ONBUILD COPY << EOF /x
text
EOF
USER b
==== onbuild-triggered-unreached target=three
FROM a AS one
ONBUILD COPY --from=9 x /x
FROM one AS two
FROM b AS three
==== onbuild-own-stage-only target=one
FROM a AS one
ONBUILD COPY --from=9 x /x
FROM one AS two
==== onbuild-platform
FROM a AS one
ONBUILD ENV P=${PATH}
FROM one
==== onbuild-two-in-one
FROM a AS one
ONBUILD FOO bar
==== onbuild-mount-unknown-flag
FROM a
ONBUILD RUN --mont=type=cache,target=/x true
==== onbuild-chmod-empty
FROM a
ONBUILD COPY --chmod x /x
==== copy-from-index-of-image
FROM a
COPY --from=b x /x
COPY --from=1 x /x
==== copy-from-index-of-mount
FROM a
RUN --mount=type=cache,target=/x true
COPY --from=1 x /x
==== mount-from-stage-scratch
FROM a AS scratch
RUN --mount=type=cache,target=/x true
==== copy-from-circle-of-three-stages
FROM a AS one
COPY --from=two x /x
FROM b AS two
COPY --from=three x /x
FROM c AS three
COPY --from=one x /x
==== copy-from-twice
FROM a AS one
FROM b AS two
COPY --from=one x /x
FROM c
COPY --from=one x /x
COPY --from=two x /x
