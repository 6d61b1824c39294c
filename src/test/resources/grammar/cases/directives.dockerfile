==== escape-backtick
# escape=`
FROM a
VOLUME C:\a `
 /b
==== escape-backslash
# escape=\
FROM a
VOLUME /a \
 /b
==== escape-spaces
#   escape  =  `  
FROM a
VOLUME `$x C:\
==== escape-case
# EsCaPe=`
FROM a
USER a`b
==== escape-leading-blanks
   # escape=`
FROM a
USER a\b
==== escape-no-space
#escape=`
FROM a
USER a\b
==== escape-invalid
# escape=x
FROM a
==== escape-invalid-two
# escape=\\
FROM a
==== escape-empty
# escape=
FROM a
USER a\b
==== escape-twice
# escape=`
# escape=`
FROM a
==== escape-twice-apart
# escape=`
# syntax=docker/dockerfile:1
# escape=`
FROM a
==== escape-after-comment
# c
# escape=`
FROM a
VOLUME /a \
/b
==== escape-after-blank

# escape=`
FROM a
VOLUME /a \
/b
==== escape-after-unknown
# foo=bar
# escape=`
FROM a
VOLUME /a \
/b
==== escape-after-shebang
#!/usr/bin/env x
# escape=`
FROM a
VOLUME /a \
/b
==== escape-after-instruction
FROM a
# escape=`
VOLUME /a \
/b
==== escape-after-instruction-invalid
FROM a
# escape=x
==== escape-after-syntax
# syntax=docker/dockerfile:1
# escape=`
FROM a
VOLUME /a `
/b
==== syntax
# syntax=docker/dockerfile:1
FROM a
==== syntax-twice
# syntax=docker/dockerfile:1
# syntax=docker/dockerfile:2
FROM a
==== syntax-then-comment-equals
# syntax=docker/dockerfile:1
# see x = y
FROM a
==== check
# check=skip=all
# escape=`
FROM a
USER a`b
==== directive-digits
# escape2=`
FROM a
USER a\b
==== directive-dash
# es-cape=`
# escape=`
FROM a
USER a\b
==== directive-not-comment-continuation
FROM a
RUN a \
# escape=x
 b
==== check-empty
# check=
FROM a
==== check-error-number
# check=error=1
FROM a
==== check-error-upper
# check=error=TRUE
FROM a
==== check-skip-empty
# check=skip=
FROM a
==== check-skip-unknown-rule
# check=skip=Foo
FROM a
==== check-skip-list
# check=skip=JSONArgsRecommended,StageNameCasing
FROM a
==== check-skip-list-blank
# check=skip=JSONArgsRecommended, StageNameCasing
FROM a
==== check-three
# check=skip=all;error=true;experimental=all
FROM a
==== check-four
# check=skip=all;error=true;experimental=all;foo=1
FROM a
==== check-option-twice
# check=skip=all;skip=all
FROM a
==== check-twice
# check=skip=all
# check=skip=all
FROM a
==== check-twice-bad
# check=foo
# check=bar
FROM a
==== check-experimental-unknown
# check=experimental=Foo
FROM a
==== check-after-comment
# c
# check=foo
FROM a
==== check-after-blank-line

# check=foo
FROM a
==== check-after-instruction
FROM a
# check=foo
USER b
==== check-before-bad-escape
# check=foo
# escape=x
FROM a
==== check-after-bad-escape
# escape=x
# check=foo
FROM a
==== check-indented
  # check=foo
FROM a
==== check-slashes
// check=foo
FROM a
==== check-error-json-args
# check=error=true
FROM a
CMD echo a
==== check-error-json-args-skipped
# check=error=true;skip=JSONArgsRecommended
FROM a
CMD echo a
==== check-error-skip-all
# check=error=true;skip=all
FROM a
CMD echo a
==== check-error-false
# check=error=false
FROM a
CMD echo a
==== check-bad-and-syntax-error
# check=foo
FOO a
==== check-bad-and-no-from
# check=foo
USER a
==== check-crlf-good
# check=skip=all⟦0D⟧
FROM a
==== check-later-value
# check=error=true skip
FROM a
==== syntax-empty
# syntax=
FROM a
==== escape-two-values
# escape=` x
FROM a
