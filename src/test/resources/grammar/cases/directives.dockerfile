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
==== check newer
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
