==== run
FROM a
RUN <<EOF
mkdir /a
USER x
EOF
USER y
==== run-command
FROM a
RUN cat <<EOF > /f
x
EOF
==== run-python
FROM a
RUN python3 <<EOF
print(1)
EOF
==== run-shebang
FROM a
RUN <<EOF
#!/bin/sh
x
EOF
==== run-fd
FROM a
RUN 3<<EOF cat
x
EOF
==== run-empty-body
FROM a
RUN <<EOF
EOF
==== run-quoted
FROM a
RUN <<'EOF'
$x
EOF
==== run-dquoted
FROM a
RUN <<"EOF"
$x
EOF
==== run-part-quoted
FROM a
RUN <<E"O"F
$x
EOF
==== run-quoted-blank
FROM a
RUN <<'E F'
$x
E F
USER y
==== run-two
FROM a
RUN <<A cat <<B
a
A
b
B
USER y
==== run-same-twice
FROM a
RUN <<A cat <<A
a
A
b
A
USER y
==== run-tabs
FROM a
RUN <<-EOF
	x
		y
	EOF
USER y
==== run-tabs-not-spaces
FROM a
RUN <<-EOF
 x
 EOF
==== run-no-tabs
FROM a
RUN <<EOF
	EOF
==== run-space-terminator
FROM a
RUN <<EOF
x
EOF 
==== run-unterminated
FROM a
USER x
RUN <<EOF
x
==== run-unterminated-later-error
FOO
RUN <<EOF
x
==== run-unterminated-continuation
FROM a
RUN a && \
  cat <<EOF
x
==== run-glued
FROM a
RUN a<<EOF
x
EOF
==== run-here-string
FROM a
RUN cat <<<EOF
USER x
==== run-shift
FROM a
RUN echo $((1<<2))
USER x
==== run-in-quotes
FROM a
RUN echo "<<EOF"
USER x
==== run-blank
FROM a
RUN cat << EOF
x
EOF
==== run-unbalanced-quote
FROM a
RUN echo it's <<EOF
USER x
==== run-bad-substitution
FROM a
RUN echo ${x^^} <<EOF
USER x
==== run-variable-delimiter
FROM a
RUN <<$X
a
$X
USER y
==== run-escaped-delimiter
FROM a
RUN <<\EOF
a
EOF
USER y
==== run-comment-inside
FROM a
RUN <<EOF
# c

x \
EOF
USER y
==== run-continuation
FROM a
RUN cat <<EOF && \
  echo
x
EOF
USER y
==== run-continuation-comment
FROM a
RUN cat <<EOF \
 # c
  > /f
x
EOF
USER y
==== run-json
FROM a
RUN ["cat", "<<EOF"]
USER y
==== run-bad-json
FROM a
RUN ['cat', <<EOF
USER y
EOF
==== run-flag
FROM a
RUN --mount=type=cache,target=/c <<EOF
x
EOF
==== run-at-end
FROM a
RUN <<EOF
x
EOF⟦END⟧
==== run-backtick
# escape=`
FROM a
RUN <<EOF
x `
EOF
USER y
==== run-lower
FROM a
run <<eof
x
eof
==== run-and
FROM a
RUN <<EOF && echo
x
EOF
==== run-semicolon
FROM a
RUN cat <<EOF; echo
x
EOF;
USER y
==== run-redirect-glued
FROM a
RUN cat <<EOF>/f
x
EOF>/f
USER y
==== cmd
FROM a
CMD <<EOF
USER x
==== entrypoint
FROM a
ENTRYPOINT <<EOF
==== volume
FROM a
VOLUME <<EOF
/a
EOF
==== env
FROM a
ENV A=<<EOF
USER x
==== copy
FROM a
COPY <<EOF /f
x
EOF
USER y
==== copy-variable
FROM a
ENV V=1
COPY <<EOF /f
$V "q" \$V
EOF
==== copy-bad-variable
FROM a
COPY <<EOF /f
${x^^}
EOF
==== copy-quoted-bad-variable
FROM a
COPY <<'EOF' /f
${x^^}
EOF
==== copy-quoted
FROM a
COPY <<'EOF' /f
$V
EOF
==== copy-two
FROM a
COPY <<A <<B src /d/
a
A
b
B
USER y
==== copy-same-twice
FROM a
COPY <<A <<A /d/
a
A
b
A
USER y
==== copy-tabs
FROM a
COPY <<-A /d
	a
		b
	A
USER y
==== copy-destination
FROM a
COPY x <<EOF
a
EOF
==== copy-only
FROM a
COPY <<EOF
a
EOF
==== copy-json
FROM a
COPY ["<<EOF", "/f"]
USER x
==== copy-quoted-blank
FROM a
COPY <<"a b" /f
x
a b
USER y
==== copy-flags
FROM a
COPY --chown=1 --chmod=600 <<EOF /f
a
EOF
==== add
FROM a
ADD <<EOF /f
a
EOF
==== copy-after-error
FROM a
ENV x
COPY <<EOF /f
FOO
EOF
USER y
==== run-tabs-blank
FROM a
RUN <<- EOF
	x
	EOF
USER y
==== run-tabs-blank-command
FROM a
RUN cat <<- EOF > /f
	x
	EOF
USER y
==== run-blank-alone
FROM a
RUN << EOF
x
EOF
USER y
==== run-blanks
FROM a
RUN <<   EOF
x
EOF
USER y
==== run-blank-tab
FROM a
RUN <<	EOF
x
EOF
USER y
==== run-blank-quoted
FROM a
RUN << 'EOF'
$x
EOF
USER y
==== run-blank-dquoted
FROM a
RUN cat << "EOF" > /f
$x
EOF
USER y
==== run-blank-two
FROM a
RUN cat << A << B
a
A
b
B
USER y
==== run-blank-unterminated
FROM a
RUN << EOF
x
==== run-dash-apart
FROM a
RUN << -EOF
x
-EOF
USER y
==== run-dash-dash
FROM a
RUN <<-- EOF
x
EOF
==== run-tabs-blank-quoted
FROM a
RUN <<- 'EOF'
	$x
	EOF
USER y
==== run-tabs-blank-dquoted
FROM a
RUN <<- "EOF"
	$x
	EOF
USER y
==== run-fd-blank
FROM a
RUN cat 3<< EOF
x
EOF
USER y
==== run-blank-nothing
FROM a
RUN cat <<
USER y
==== run-tabs-nothing
FROM a
RUN cat <<-
USER y
==== run-blank-continuation
FROM a
RUN cat << \
 EOF
x
EOF
USER y
==== run-blank-shebang
FROM a
RUN << EOF
#!/bin/sh
x
EOF
==== run-shift-blank
FROM a
RUN echo $(( 1 << 2 ))
x
2
USER x
==== run-shift-blank-end
FROM a
RUN echo $(( 1 << 2 ))
USER x
==== run-here-string-blank
FROM a
RUN cat <<< EOF
USER x
==== run-here-string-quoted
FROM a
RUN cat <<< "a b"
USER x
==== copy-blank
FROM a
COPY << EOF /f
x
EOF
USER y
==== copy-blank-quoted
FROM a
COPY << 'EOF' /f
$x
EOF
USER y
==== copy-blank-dquoted
FROM a
COPY << "EOF" /f
$x
EOF
USER y
==== copy-tabs-blank
FROM a
COPY <<- EOF /f
	x
	EOF
USER y
==== copy-blank-two
FROM a
COPY << A << B /d/
a
A
b
B
USER y
==== copy-blank-destination
FROM a
COPY x << EOF
a
EOF
==== copy-blank-source
FROM a
COPY x << EOF /d/
a
EOF
USER y
==== copy-blank-unterminated
FROM a
COPY << EOF /f
x
==== copy-blank-bad-variable
FROM a
COPY << EOF /f
${x^^}
EOF
==== add-blank
FROM a
ADD << EOF /f
x
EOF
USER y
==== copy-blank-flags
FROM a
COPY --chmod=600 << EOF /f
x
EOF
USER y
==== copy-blank-two-blanks
FROM a
COPY <<  EOF /f
x
EOF
USER y
==== copy-shift
FROM a
COPY << /f
USER y
==== copy-blank-json
FROM a
COPY ["<< EOF", "/f"]
USER x
==== copy-only-blank
FROM a
COPY << EOF
a
EOF
==== env-blank
FROM a
ENV A=x << EOF
USER x
==== cmd-blank
FROM a
CMD cat << EOF
USER x
==== copy-from-heredoc
FROM a
COPY --from=b <<EOF /x
a
EOF
==== copy-from-heredoc-and-file
FROM a
COPY --from=b <<EOF y /x/
a
EOF