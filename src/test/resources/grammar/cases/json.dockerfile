==== volume
FROM a
VOLUME ["/a","/b"]
==== volume-blanks
FROM a
VOLUME [ "/a" , "/b" ]
==== volume-number
FROM a
VOLUME ["/a",1]
==== volume-nested
FROM a
VOLUME [["/a"]]
==== volume-object
FROM a
VOLUME [{"a": [1, {}, []]}]
==== volume-true
FROM a
VOLUME [true]
==== volume-null
FROM a
VOLUME [null]
==== volume-float
FROM a
VOLUME [1.5e+3, -0.1]
==== volume-number-zero
FROM a
VOLUME [01]
==== volume-number-plus
FROM a
VOLUME [+1]
==== volume-number-dot
FROM a
VOLUME [1.]
==== volume-number-huge
FROM a
VOLUME [1e999]
==== volume-single-quotes
FROM a
VOLUME ['/a']
==== volume-single-quotes-two
FROM a
VOLUME ['/a', '/b']
==== volume-trailing-comma
FROM a
VOLUME ["/a",]
==== volume-missing-bracket
FROM a
VOLUME ["/a"
==== volume-missing-quote
FROM a
VOLUME ["/a]
==== volume-bare
FROM a
VOLUME [/a]
==== volume-empty
FROM a
VOLUME []
==== volume-empty-blanks
FROM a
VOLUME [ ]
==== volume-empty-element
FROM a
VOLUME [""]
==== volume-blank-element
FROM a
VOLUME ["  "]
==== volume-trimmed
FROM a
VOLUME [" /a "]
==== volume-trailing-text
FROM a
VOLUME ["/a"] x
==== volume-trailing-comment
FROM a
VOLUME ["/a"] # c
==== volume-trailing-empty
FROM a
VOLUME [] /a
==== volume-trailing-mixed
FROM a
VOLUME ["/a", 1] x
==== volume-trailing-blanks
FROM a
VOLUME ["/a"]  	
==== volume-bad-escape
FROM a
VOLUME ["C:\x"]
==== volume-escape
FROM a
VOLUME ["C:\\data"]
==== volume-unicode-escape
FROM a
VOLUME ["\u002fa\/b"]
==== volume-unicode-escape-short
FROM a
VOLUME ["\u2f"]
==== volume-control
FROM a
VOLUME ["a	b"]
==== volume-variable
FROM a
ENV D=/d
VOLUME ["$D/x", '${D}']
==== volume-variable-json
FROM a
ENV D=/d
VOLUME ["$D/x", "${D}"]
==== volume-variable-array
FROM a
ENV D='["/a"]'
VOLUME $D
==== volume-lines
FROM a
VOLUME ["/a", \
 # c
 "/b"]
==== volume-lines-no-continuation
FROM a
VOLUME [
"/a"]
==== volume-leading-text
FROM a
VOLUME x ["/a"]
==== volume-double-comma
FROM a
VOLUME ["/a",,"/b"]
==== volume-object-bad
FROM a
VOLUME [{"a" 1}]
==== volume-literal-bad
FROM a
VOLUME [tru]
==== volume-deep
FROM a
VOLUME ⟦[*9000⟧⟦]*9000⟧
==== volume-too-deep
FROM a
VOLUME ⟦[*10001⟧⟦]*10001⟧
==== cmd
FROM a
CMD ["a", "b c"]
==== cmd-shell
FROM a
CMD a "b  c" $D
==== cmd-empty
FROM a
CMD
==== cmd-empty-json
FROM a
CMD []
==== cmd-mixed
FROM a
CMD ["a", 1]
==== cmd-fallback
FROM a
CMD ['a', 'b']
==== cmd-twice
FROM a
CMD a
CMD ["b"]
==== cmd-trailing
FROM a
CMD ["a"] b
==== entrypoint
FROM a
ENTRYPOINT [ "yarn", "start" ]
==== entrypoint-shell
FROM a
ENTRYPOINT exec java -jar /app.jar
==== entrypoint-empty
FROM a
ENTRYPOINT
==== entrypoint-reset
FROM base-with-all
ENTRYPOINT []
==== entrypoint-resets-cmd
FROM base-with-all
ENTRYPOINT ["x"]
==== entrypoint-keeps-own-cmd
FROM base-with-all
CMD ["c"]
ENTRYPOINT ["x"]
==== entrypoint-before-cmd
FROM a
ENTRYPOINT ["x"]
CMD ["c"]
==== entrypoint-stage
FROM a AS x
CMD ["c"]
FROM x
ENTRYPOINT ["e"]
==== shell
FROM a
SHELL ["/bin/bash", "-c"]
CMD x
ENTRYPOINT y
==== shell-later
FROM a
CMD x
SHELL ["/bin/bash", "-c"]
ENTRYPOINT y
==== shell-base
FROM base-with-all
CMD x
==== shell-plain
FROM a
SHELL /bin/bash -c
==== shell-empty
FROM a
SHELL []
==== shell-none
FROM a
SHELL
==== shell-bad-json
FROM a
SHELL ['/bin/bash']
==== run
FROM a
RUN ["a", "b"]
==== run-shell
FROM a
RUN a  "b" $C
==== run-empty
FROM a
RUN
==== run-empty-json
FROM a
RUN []
==== run-test-bracket
FROM a
RUN [ -d /x ] && echo y
==== run-test-number
FROM a
RUN [ 1 ]
==== run-double-bracket
FROM a
RUN [[ -d /x ]]
==== run-trailing
FROM a
RUN [ "a" ] && b
==== run-mixed
FROM a
RUN ["a", null]
