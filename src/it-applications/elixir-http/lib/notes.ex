defmodule Notes do
  use Application

  def start(_type, _args) do
    directory = Application.fetch_env!(:notes, :directory)
    port = Application.fetch_env!(:notes, :port)
    Supervisor.start_link([{Task, fn -> listen(port, directory) end}], strategy: :one_for_one)
  end

  defp listen(port, directory) do
    {:ok, socket} = :gen_tcp.listen(port, [:binary, packet: :http_bin, active: false, reuseaddr: true])
    accept(socket, directory)
  end

  defp accept(socket, directory) do
    {:ok, client} = :gen_tcp.accept(socket)
    Task.start(fn -> serve(client, directory) end)
    accept(socket, directory)
  end

  defp serve(client, directory) do
    {:ok, {:http_request, method, {:abs_path, path}, _}} = :gen_tcp.recv(client, 0)
    body = body(client, length(client, 0))
    {status, text} = answer(method, path, body, directory)
    :gen_tcp.send(client, "HTTP/1.1 #{status}\r\nContent-Length: #{byte_size(text)}\r\nConnection: close\r\n\r\n#{text}")
    :gen_tcp.close(client)
  end

  defp length(client, length) do
    case :gen_tcp.recv(client, 0) do
      {:ok, {:http_header, _, :"Content-Length", _, value}} -> length(client, String.to_integer(value))
      {:ok, {:http_header, _, _, _, _}} -> length(client, length)
      {:ok, :http_eoh} -> length
    end
  end

  defp body(_client, 0), do: ""

  defp body(client, length) do
    :inet.setopts(client, packet: :raw)
    {:ok, body} = :gen_tcp.recv(client, length)
    body
  end

  defp answer(:GET, "/hello", _body, _directory), do: {"200 OK", "hello\n"}

  defp answer(:POST, "/notes", body, directory) do
    case File.write(Path.join(directory, "notes.txt"), [body, "\n"], [:append]) do
      :ok -> {"200 OK", "saved\n"}
      {:error, reason} -> {"500 Error", "#{reason}\n"}
    end
  end

  defp answer(_method, _path, _body, _directory), do: {"404 Not Found", "no\n"}
end
