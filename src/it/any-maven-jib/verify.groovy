def log = new File(basedir, 'build.log').readLines()
// Of what is in a plugin's configuration, Maven 4 does not tell where it is.
def finding = log.find { it ==~ /\[ERROR\] pom\.xml:(23:23|15:7): uid 1000 cannot write \/srv\/shop\/gc\.log: .* \[path-not-permitted\]/ }
assert finding
assert log.any { it.startsWith('[ERROR]   needed by  pom.xml:') && it.contains('-Xlog names a file, without which the JVM ends') }
// It is the image of Jib that is judged, and not the Dockerfile beside the pom; the log says so.
def choice = log.findAll { it.startsWith('[INFO] taking the image of jib-maven-plugin (pom.xml:') && it.contains('there is also Dockerfile') }
assert choice.size() == 2
// Root may write what belongs to root.
assert log.any { it.startsWith('[INFO] checked taskdef.json and pom.xml (jib-maven-plugin): 1 container on FARGATE') }
// The user's own word goes before all that.
assert log.any { it.startsWith('[INFO] checked taskdef.json and Dockerfile: 1 container on FARGATE') }
assert log.count('[INFO] BUILD SUCCESS') == 2
assert !log.any { it.startsWith('\tat ') }
