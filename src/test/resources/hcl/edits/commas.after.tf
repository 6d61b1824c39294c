resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = jsonencode([
    {
      name  = "web",
      image = "nginx:1.27",
      portMappings = [
        {
          containerPort = 80
        },
      ],
      linuxParameters = {
        initProcessEnabled = true
        tmpfs = [
          { containerPath = "/var/cache/nginx", size = 64 },
          { containerPath = "/run", size = 64 }
        ]
      },
      readonlyRootFilesystem = true
    }
  ])
}
