def log = new File(basedir, 'build.log').readLines()
assert log.count { it.startsWith('[INFO] checked taskdef.json and Dockerfile: 1 container on FARGATE: proven; 1 need declared') } == 1
def failures = log.findAll { it.startsWith('[ERROR] Failed to execute goal ') }
assert failures.size() == 2
assert failures[0].contains('taskdef.json:7:33: readonlyRootFilesystem of container app is false')
assert failures[1].contains('templateValues: taskdef.json has no placeholder READONLY; did you mean READ_ONLY?')
assert !log.any { it.contains('hush') && !it.contains('-Dreadonly-rootfs.templateValues') }
assert !new File(basedir, 'target/readonly-rootfs/readonly-rootfs.json').text.contains('hush')
