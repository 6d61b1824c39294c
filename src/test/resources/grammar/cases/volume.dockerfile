==== plain
FROM a
VOLUME /a /b
==== quoted
FROM a
VOLUME "/tmp/"
==== quoted-blank
FROM a
VOLUME "/a b"
==== none
FROM a
VOLUME
==== undefined
FROM a
VOLUME $U
==== undefined-part
FROM a
VOLUME /x/$U/y
==== empty-quotes
FROM a
VOLUME ""
==== verbatim
FROM a
VOLUME /a/ /a //b /d/../e . data /host:/container
==== windows
FROM a
VOLUME C:\data
==== windows-backtick
# escape=`
FROM a
VOLUME C:\data
==== comma
FROM a
VOLUME /a,/b
==== relative-workdir
FROM a
WORKDIR /w
VOLUME cache
==== twice
FROM a
VOLUME /a
VOLUME /b /a
==== variable-blank
FROM a
ENV D="/a /b"
VOLUME $D
==== variable-base
FROM base-with-env
VOLUME ${CATALINA_HOME}/logs
==== unbalanced
FROM a
VOLUME /a'
==== modifier
FROM a
VOLUME ${x^^}
==== unclosed
FROM a
VOLUME ${x
==== maven
FROM a
VOLUME ${project.build.directory}
==== at
FROM a
VOLUME /@x@
==== dollar
FROM a
VOLUME /a$
==== escaped-dollar
FROM a
VOLUME /\$x '/$y'
==== command-substitution
FROM a
VOLUME /$(pwd) /`pwd`
==== required
FROM a
VOLUME ${D:?set it}
==== slash-only
FROM a
VOLUME /
==== tilde
FROM a
VOLUME ~/x
==== glob
FROM a
VOLUME /a*
