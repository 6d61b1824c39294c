resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = <<-EOT
    [
      {
        "name": "web",
        "image": "nginx:${var.tag}"
      }
    ]
  EOT
}

variable "tag" {
  default = "1.27"
}
