==== crlf
FROM a⟦0D⟧
VOLUME /a /b⟦0D⟧
USER x⟦0D⟧
==== crlf-continuation
FROM a⟦0D⟧
VOLUME /a \⟦0D⟧
  /b⟦0D⟧
==== crlf-escape-directive
# escape=`⟦0D⟧
FROM a⟦0D⟧
VOLUME /a `⟦0D⟧
  /b⟦0D⟧
==== crlf-json
FROM a⟦0D⟧
VOLUME ["/a"]⟦0D⟧
==== crlf-heredoc
FROM a⟦0D⟧
RUN <<E⟦0D⟧
x⟦0D⟧
E⟦0D⟧
USER y⟦0D⟧
==== crlf-heredoc-copy
FROM a⟦0D⟧
COPY <<E /f⟦0D⟧
x $y⟦0D⟧
E⟦0D⟧
==== cr-only
FROM a⟦0D⟧USER x⟦0D⟧⟦END⟧
==== cr-inside
FROM a
VOLUME /a⟦0D⟧/b
==== cr-double
FROM a⟦0D⟧⟦0D⟧
USER b⟦0D⟧⟦0D⟧
==== bom
⟦EF⟧⟦BB⟧⟦BF⟧FROM a
USER b
==== bom-directive
⟦EF⟧⟦BB⟧⟦BF⟧# escape=`
FROM a
VOLUME C:\a
==== bom-comment
⟦EF⟧⟦BB⟧⟦BF⟧# c
FROM a
==== bom-second-line
FROM a
⟦EF⟧⟦BB⟧⟦BF⟧USER b
==== no-final-newline
FROM a
USER b⟦END⟧
==== empty
⟦END⟧
==== only-newline

==== only-blank-lines
  
	

==== only-comments
# a
# b
==== only-directive
# escape=`
==== only-backslash
FROM a
\
==== backslash-first-line
\
FROM a
==== backslash-alone-between
FROM a
\
USER b
==== backslash-alone-with-blanks
FROM a
  \  
  USER b
==== blank-lines
FROM a


   
USER b

==== leading-blanks
  FROM a
	 USER b
==== leading-unicode-blanks
 FROM a
　 USER b
==== trailing-blanks
FROM a
USER b 	 
VOLUME /a  
==== comment
FROM a
# USER b
   # c
USER d
==== comment-no-space
#c
FROM a
#USER b
==== trailing-comment-volume
FROM a
VOLUME /a # cache
==== trailing-comment-user
FROM a
USER app # c
==== trailing-comment-from
FROM alpine # x
==== continuation
FROM a
VOLUME /a \
/b
==== continuation-trailing-blanks
FROM a
VOLUME /a \ 	
/b
==== continuation-in-keyword
FROM a
US\
ER y
==== continuation-in-word
FROM a
VOLUME /a\
/b
==== continuation-keeps-blanks
FROM a
USER a\
  b
==== continuation-comment
FROM a
VOLUME /a \
# c
 /b
==== continuation-comment-indented
FROM a
VOLUME /a \
   # c
 /b
==== continuation-comment-backslash
FROM a
VOLUME /a \
# c \
 /b
USER x
==== continuation-blank
FROM a
VOLUME /a \


 /b
==== continuation-blank-then-user
FROM a
ENV A=1 \

USER y
==== continuation-double-backslash
FROM a
USER a \\
VOLUME /b
==== continuation-triple-backslash
FROM a
USER a \\\
VOLUME /b
==== continuation-eof
FROM a
USER a \⟦END⟧
==== continuation-eof-newline
FROM a
USER a \
==== continuation-eof-comment
FROM a
USER a \
# c
==== continuation-eof-blank
FROM a
USER a \


==== continuation-env
FROM a
ENV A=x\
  y
==== continuation-env-many
FROM a
ENV A=x \
  B=y \
  # c
  C="a \
 b"
==== continuation-run
FROM a
RUN a && \
    b && \
    c
USER x
==== continuation-keyword-only
FROM a
USER \
  x
==== continuation-from
FROM \
  a \
  AS \
 b
==== continuation-backtick-not-default
FROM a
VOLUME /a `
/b
==== continuation-hash-later
FROM a
RUN a \
 b # c \
 d
==== continuation-unicode-blank-line
FROM a
VOLUME /a \
 
/b
==== nbsp-no-split
FROM a
VOLUME /a /b /c　/d
==== vertical-tab-splits
FROM a
VOLUME⟦0B⟧/a⟦0C⟧/b
==== nbsp-after-keyword
FROM a
VOLUME /a
==== nul
FROM a
USER a⟦00⟧b
==== invalid-utf8
FROM a
USER a⟦FF⟧b
==== utf16
⟦46⟧⟦00⟧⟦52⟧⟦00⟧⟦4F⟧⟦00⟧⟦4D⟧⟦00⟧
==== long-line-ok
FROM a
# ⟦x*65533⟧
USER b
==== long-line-too-long
FROM a
# ⟦x*65534⟧
USER b
==== long-line-run
FROM a
USER u
RUN echo ⟦x*70000⟧
FOO
==== long-line-first
# ⟦x*70000⟧
FROM a
==== long-line-eof-ok
FROM a
# ⟦x*65533⟧⟦END⟧
==== long-line-eof-too-long
FROM a
# ⟦x*65534⟧⟦END⟧
==== long-line-in-heredoc
FROM a
RUN <<E
⟦x*70000⟧
E
==== long-line-in-continuation
FROM a
RUN a \
⟦x*70000⟧
USER x
==== long-line-multibyte
FROM a
# ⟦ü*32766⟧ 
USER b
==== long-logical-line
FROM a
RUN a \
⟦x*60000⟧ \
⟦y*60000⟧
USER x
==== bom-twice
⟦EF⟧⟦BB⟧⟦BF⟧⟦EF⟧⟦BB⟧⟦BF⟧FROM a
==== bom-twice-comment
⟦EF⟧⟦BB⟧⟦BF⟧⟦EF⟧⟦BB⟧⟦BF⟧# c
FROM a
==== bom-blank-first
 ⟦EF⟧⟦BB⟧⟦BF⟧FROM a
==== bom-alone
⟦EF⟧⟦BB⟧⟦BF⟧⟦END⟧
==== bom-then-newline
⟦EF⟧⟦BB⟧⟦BF⟧
FROM a
USER b
==== bom-crlf
⟦EF⟧⟦BB⟧⟦BF⟧FROM a⟦0D⟧
USER b⟦0D⟧
==== bom-after-comment
# c
⟦EF⟧⟦BB⟧⟦BF⟧FROM a
==== bom-in-value
FROM a
USER ⟦EF⟧⟦BB⟧⟦BF⟧b
==== bom-at-end
FROM a
USER b⟦EF⟧⟦BB⟧⟦BF⟧
==== bom-escape-twice
⟦EF⟧⟦BB⟧⟦BF⟧⟦EF⟧⟦BB⟧⟦BF⟧# escape=`
FROM a
VOLUME /a`b
==== bom-check-twice
⟦EF⟧⟦BB⟧⟦BF⟧⟦EF⟧⟦BB⟧⟦BF⟧# check=foo
FROM a
==== bom-shebang
⟦EF⟧⟦BB⟧⟦BF⟧#!/usr/bin/env x
FROM a
==== bom-heredoc
FROM a
RUN <<EOF
⟦EF⟧⟦BB⟧⟦BF⟧x
EOF
==== bom-continuation
FROM a
VOLUME /a \
⟦EF⟧⟦BB⟧⟦BF⟧/b
==== utf16-le
⟦FF⟧⟦FE⟧⟦46⟧⟦00⟧⟦52⟧⟦00⟧⟦4F⟧⟦00⟧⟦4D⟧⟦00⟧⟦20⟧⟦00⟧⟦61⟧⟦00⟧⟦0A⟧⟦00⟧⟦END⟧
==== utf16-be
⟦FE⟧⟦FF⟧⟦00⟧⟦46⟧⟦00⟧⟦52⟧⟦00⟧⟦4F⟧⟦00⟧⟦4D⟧⟦00⟧⟦20⟧⟦00⟧⟦61⟧⟦00⟧⟦0A⟧⟦END⟧
==== utf16-le-no-mark
⟦46⟧⟦00⟧⟦52⟧⟦00⟧⟦4F⟧⟦00⟧⟦4D⟧⟦00⟧⟦20⟧⟦00⟧⟦61⟧⟦00⟧⟦0A⟧⟦00⟧⟦END⟧
==== utf16-be-no-mark
⟦00⟧⟦46⟧⟦00⟧⟦52⟧⟦00⟧⟦4F⟧⟦00⟧⟦4D⟧⟦00⟧⟦20⟧⟦00⟧⟦61⟧⟦00⟧⟦0A⟧⟦END⟧
==== utf16-le-two-lines
⟦FF⟧⟦FE⟧⟦46⟧⟦00⟧⟦52⟧⟦00⟧⟦4F⟧⟦00⟧⟦4D⟧⟦00⟧⟦20⟧⟦00⟧⟦61⟧⟦00⟧⟦0A⟧⟦00⟧⟦55⟧⟦00⟧⟦53⟧⟦00⟧⟦45⟧⟦00⟧⟦52⟧⟦00⟧⟦20⟧⟦00⟧⟦62⟧⟦00⟧⟦0A⟧⟦00⟧⟦END⟧
==== utf16-le-comment
⟦FF⟧⟦FE⟧⟦23⟧⟦00⟧⟦20⟧⟦00⟧⟦63⟧⟦00⟧⟦0A⟧⟦00⟧⟦46⟧⟦00⟧⟦52⟧⟦00⟧⟦4F⟧⟦00⟧⟦4D⟧⟦00⟧⟦20⟧⟦00⟧⟦61⟧⟦00⟧⟦0A⟧⟦00⟧⟦END⟧
==== utf16-be-comment
⟦00⟧⟦23⟧⟦00⟧⟦20⟧⟦00⟧⟦63⟧⟦00⟧⟦0A⟧⟦00⟧⟦46⟧⟦00⟧⟦52⟧⟦00⟧⟦4F⟧⟦00⟧⟦4D⟧⟦00⟧⟦20⟧⟦00⟧⟦61⟧⟦00⟧⟦0A⟧⟦END⟧
==== utf32-le
⟦FF⟧⟦FE⟧⟦00⟧⟦00⟧F⟦00⟧⟦00⟧⟦00⟧
==== utf16-mark-only
⟦FF⟧⟦FE⟧FROM a
==== utf7-mark
+/v8-FROM a
==== nul-in-value
FROM a
USER a⟦00⟧b
==== nul-first
⟦00⟧FROM a
==== nul-line
FROM a
⟦00⟧
==== latin1-value
FROM a
USER b⟦E9⟧
