variable "read_only" {
  type    = bool
  default = true
}

locals {
  flags             = { web = false }
  sidecar_read_only = true
}

resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = jsonencode([
    {
      name                   = "web"
      image                  = "nginx:1.27"
      readonlyRootFilesystem = var.read_only
      linuxParameters = {
        tmpfs = [
          { containerPath = "/run", size = 64 },
          { containerPath = "/var/cache/nginx", size = 64 }
        ]
      }
    },
    {
      name                   = "sidecar"
      image                  = "nginx:1.27"
      readonlyRootFilesystem = local.sidecar_read_only
      linuxParameters = {
        tmpfs = [
          { containerPath = "/run", size = 64 },
          { containerPath = "/var/cache/nginx", size = 64 }
        ]
      }
    }
  ])
}
