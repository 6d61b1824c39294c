resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = jsonencode([{
    name                   = "web"
    image                  = "nginx:1.27"
    readonlyRootFilesystem = true
    startTimeout           = 30
    linuxParameters = {
      tmpfs = [
        { containerPath = "/run", size = 64 },
        { containerPath = "/var/cache/nginx", size = 64 }
      ]
    }
  }])
}
