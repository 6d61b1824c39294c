def log = new File(basedir, 'build.log').readLines()
assert log.contains('[INFO] BUILD SUCCESS')
assert !log.any { it.startsWith('[ERROR]') || it.startsWith('[WARNING]') }
def project = basedir.parentFile.parentFile.parentFile
for (name in ['taskdef.json', 'appspec.yaml', 'imageDetail.json', 'Dockerfile']) {
    assert new File(basedir, name).bytes == new File(project, "src/it/codedeploy/${name}").bytes
}
