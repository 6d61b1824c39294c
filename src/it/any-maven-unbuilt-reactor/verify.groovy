def log = new File(basedir, 'build.log').readLines()
assert log.count { it.startsWith('[ERROR]   needed by  `org.apache.tomcat.embed:tomcat-embed-core:10.1.48-it` (Spring Boot web ') } == 1
assert !log.any { it.contains('Exception') && !it.contains('MojoFailureException') }
// What nobody has is one gap and one warning, and no reason to fail.
def report = new File(basedir, 'app/target/readonly-rootfs/readonly-rootfs.json').text
assert report.count('"reason": "the build could not resolve it"') == 1
assert report.count('`com.example:nowhere:1.0` writes: the build could not resolve it') == 1
assert report.contains('`com.example:nowhere:1.0`')
assert !report.contains('nowhere-for-tests')
