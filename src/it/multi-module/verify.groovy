def log = new File(basedir, 'build.log').readLines()
assert log.contains('[INFO] BUILD SUCCESS')
def nothing = "this project has no Dockerfile and no task definition: nothing to check"
// The root, whose Dockerfile is for deploy, and the library.
assert log.count { it == '[INFO] ' + nothing } == 2
// A module that asks for the check in its own pom, and a call that leaves the modules out.
def warnings = log.findAll { it.startsWith('[WARNING]') || it.startsWith('[ERROR]') }
assert warnings.size() == 2
assert warnings[0].startsWith('[WARNING] ' + nothing + ' in renamed; set readonly-rootfs.dockerfile and ')
assert warnings[1] == '[WARNING] ' + nothing + '; run it in app, deploy, or without -N'
assert !new File(basedir, 'target').exists()
assert !new File(basedir, 'library/target').exists()
assert new File(basedir, 'app/target/readonly-rootfs/readonly-rootfs.json').text.contains('"app/Dockerfile"')
assert new File(basedir, 'deploy/target/readonly-rootfs/readonly-rootfs.json').text.contains('"Dockerfile"')
