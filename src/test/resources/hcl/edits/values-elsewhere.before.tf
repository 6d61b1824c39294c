variable "read_only" {
  type    = bool
  default = false
}

locals {
  flags             = { web = false }
  sidecar_read_only = false
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
    },
    {
      name                   = "sidecar"
      image                  = "nginx:1.27"
      readonlyRootFilesystem = local.sidecar_read_only
    }
  ])
}
