module "container" {
  source          = "cloudposse/ecs-container-definition/aws"
  version         = "0.61.1"
  container_name  = "web"
  container_image = "nginx:1.27"
}

module "task" {
  source                    = "cloudposse/ecs-alb-service-task/aws"
  version                   = "0.78.0"
  container_definition_json = module.container.json_map_encoded_list
  launch_type               = "EC2"
}
