def log = new File(basedir, 'build.log').readLines()
assert log
