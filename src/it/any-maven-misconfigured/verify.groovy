def failures = new File(basedir, 'build.log').readLines().findAll { it.startsWith('[ERROR] Failed to execute goal ') }
assert failures.size() == 2
assert failures[0].contains('<dokerfile> is not a parameter of this plugin; did you mean dockerfile?')
assert failures[1].contains('<ignore> has no <rulez>; did you mean rule?')
