def log = new File(basedir, 'build.log').readLines()
// The task definition is the root's, the image is the application's. Of what is in a plugin's configuration, Maven 4 does not tell
// where it is.
assert log.any { it ==~ /\[ERROR\] app\/pom\.xml:(19:23|13:7): uid 1000 cannot write \/srv\/shop\/gc\.log: .* \[path-not-permitted\]/ }
assert log.any { it.startsWith('[ERROR]   needed by  app/pom.xml:') && it.contains('-Xlog names a file, and the JVM exits if it cannot open it') }
// It is the image of Jib that is judged, and not the Dockerfile beside the pom; the log says so.
assert log.count { it.startsWith('[INFO] taking the image of jib-maven-plugin (app/pom.xml:13:7)') && it.contains('there is also app/Dockerfile') } == 2
// Root may write what belongs to root.
assert log.any { it.startsWith('[INFO] checked taskdef.json and app/pom.xml (jib-maven-plugin): 1 container on FARGATE') }
// The user's own word goes before all that.
assert log.any { it.startsWith('[INFO] checked ../taskdef.json and Dockerfile: 1 container on FARGATE') }
// The root and the library have no image: what the parent manages is the application's.
assert log.count { it.endsWith('nothing to check') } == 4
assert log.count('[INFO] BUILD SUCCESS') == 2
assert !log.any { it.startsWith('\tat ') }
