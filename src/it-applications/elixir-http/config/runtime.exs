import Config

config :notes,
  port: String.to_integer(System.get_env("PORT", "4000")),
  directory: System.get_env("NOTES_DIR", "/var/lib/notes")
