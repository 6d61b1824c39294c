# What prod has.
tag = "1.2.3"
sidecar = {
  name  = "Proxy"
  paths = ["/tmp", "/run"]
}
secrets = { TOKEN = "x", "KEY" : "y" }
