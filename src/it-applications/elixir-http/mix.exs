defmodule Notes.MixProject do
  use Mix.Project

  def project do
    [app: :notes, version: "1.0.0", elixir: "~> 1.18", start_permanent: true, releases: [notes: []]]
  end

  def application do
    [extra_applications: [:logger, :inets], mod: {Notes, []}]
  end
end
