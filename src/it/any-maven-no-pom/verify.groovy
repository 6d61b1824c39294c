def log = new File(basedir, 'build.log').readLines()
assert log.contains('[INFO] BUILD SUCCESS')
assert log.any { it.startsWith('[INFO] ') && it.contains('service.json') }
assert new File(basedir, 'target/readonly-rootfs/readonly-rootfs.json').file
assert basedir.list().sort() == ['.mvn', 'Dockerfile', 'build.log', 'invoker.properties', 'service.json', 'target', 'test.properties', 'verify.groovy']
