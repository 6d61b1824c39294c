def log = new File(basedir, 'build.log').readLines()
assert log.contains('[INFO] BUILD SUCCESS')
// "already attached" is what Maven 4 says of itself where a phase and a goal are asked for.
assert !log.any { it.startsWith('[ERROR]') || it.startsWith('[WARNING]') && !it.contains(' already attached, ') }
// One line for a check that passes: between the goal's own heading and the next goal's.
def heading = log.findIndexOf { it.contains(':check (default) @ passes') }
assert log[heading + 1].startsWith('[INFO] ') && log[heading + 1].contains('taskdef.json')
assert log[heading + 2] == '[INFO] ' || log[heading + 2].startsWith('[INFO] Copying ')
assert log.any { it.startsWith('[INFO] ') && it.contains('/tmp') && it.toLowerCase().contains('writable') }
assert new File(basedir, 'target/readonly-rootfs/readonly-rootfs.json').file
