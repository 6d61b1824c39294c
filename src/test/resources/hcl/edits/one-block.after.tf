resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]
  container_definitions    = <<JSON
[
  {
    "cpu": 128,
    "readonlyRootFilesystem": true,
    "linuxParameters": {
      "tmpfs": [
        {"containerPath": "/run", "size": 64},
        {"containerPath": "/var/cache/nginx", "size": 64}
      ]
    },
    "image": "nginx:1.27",
    "name": "web"
  }
]
JSON
}