==== lower-case
from a
user b
==== mixed-case
FrOm a
VoLuMe /a
uSeR b
==== tab-after-keyword
FROM	a
USER		b
==== keyword-bracket
FROM a
VOLUME["/a"]
==== unknown
FROM a
FOO bar
==== unknown-misspelt
FROM a
VOLUMES /a
==== unknown-misspelt-lower
FROM a
entrypiont x
==== unknown-before-from
FOO
FROM a
==== unknown-equals
FROM a
A=b
==== syntax-error-wins
FROM a
FOO
ENV x
==== json-error-wins
FROM a
FOO
VOLUME [1]
==== two-meaning-errors
FROM a
USER
FOO
==== flag-unknown-cmd
FROM a
CMD --foo
==== flag-unknown-entrypoint
FROM a
ENTRYPOINT --foo bar
==== flag-double-dash
FROM a
CMD -- --foo bar
==== flag-double-dash-only
FROM a
CMD --
==== flag-json-cmd
FROM a
CMD ["--foo"]
==== flag-single-dash
FROM a
CMD -foo
==== flag-later
FROM a
CMD foo --bar
==== flag-user
FROM a
USER --x y
==== flag-volume
FROM a
VOLUME --x /y
==== flag-env
FROM a
ENV --x A=b
==== flag-arg-ignored
FROM a
ARG --x A=b
VOLUME $A
==== flag-stopsignal-ignored
FROM a
STOPSIGNAL --x 9
==== flag-workdir
FROM a
WORKDIR --x /y
==== flag-label
FROM a
LABEL --x a=b
==== flag-expose
FROM a
EXPOSE --x 80
==== flag-shell
FROM a
SHELL --x ["a"]
==== flag-onbuild
FROM a
ONBUILD --x USER y
==== flag-maintainer
FROM a
MAINTAINER --x y
==== flag-duplicate
FROM a
COPY --chown=a --chown=b x /y
==== flag-no-value
FROM a
COPY --chown x /y
==== flag-empty-value
FROM a
COPY --chown= x /y
==== flag-quoted
FROM a
COPY --chown="a b" x /y
==== flag-single-quoted
FROM a
COPY --chown='a b':c x /y
==== flag-quoted-whole
FROM a
COPY "--chown=a" x /y
==== flag-escaped
FROM a
COPY --chown=a\ b x /y
==== flag-escaped-backtick
# escape=`
FROM a
COPY --chown=a`b\c x /y
==== flag-unclosed-quote
FROM a
COPY --chown="a x /y
==== flag-misspelt
FROM a
COPY --chwon=a x /y
==== flag-case
FROM a
COPY --CHOWN=a x /y
==== flag-boolean
FROM a
COPY --link x /y
==== flag-boolean-true
FROM a
COPY --link=TRUE x /y
==== flag-boolean-false
FROM a
COPY --link=false x /y
==== flag-boolean-empty
FROM a
COPY --link= x /y
==== flag-boolean-bad
FROM a
COPY --link=maybe x /y
==== flag-boolean-twice
FROM a
COPY --link --link x /y
==== flag-copy-all
FROM a
COPY --from=z --chown=a:b --chmod=755 --link --parents --exclude=*.md --exclude=q x /y
==== flag-add-all
FROM a
ADD --chown=a --chmod=0644 --link --keep-git-dir=true --exclude=r x /y
==== flag-add-checksum
FROM a
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://x.y/z /y
==== flag-add-from
FROM a
ADD --from=z x /y
==== flag-add-unpack
FROM a
ADD --unpack x /y
==== flag-copy-keep-git-dir
FROM a
COPY --keep-git-dir x /y
==== flag-across-lines
FROM a
COPY --chown=a \
  --chmod=755 \
  x /y
==== flag-from-platform
FROM --platform=linux/arm64 a
==== flag-from-unknown
FROM --x a
==== flag-from-two
FROM --platform=linux/amd64 --platform=linux/arm64 a
==== flag-run-all
FROM a
RUN --network=none --mount=type=cache,target=/c --mount=type=tmpfs,target=/t a
==== flag-run-security
FROM a
RUN --security=insecure a
==== flag-run-device
FROM a
RUN --device=a/b a
==== flag-run-mount-from-dollar
FROM a
RUN --mount=type=bind,from=x$,target=/t a
==== flag-run-mount-quoted
FROM a
RUN --mount=type=cache,\"target=/t,u\" a
==== flag-run-mount-json
FROM a
RUN --mount=type=cache,target=/t ["a"]
