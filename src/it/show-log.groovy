// Prints the build's log as it is: what the invoker streams has another prefix before each line.
def out = new PrintStream(new FileOutputStream(FileDescriptor.out))
out.print(new File(basedir, 'build.log').text)
out.flush()
def verify = new File(basedir, 'verify.groovy')
return verify.exists() ? evaluate(verify) : true
