require 'sinatra'
require 'fileutils'

set :host_authorization, { permitted_hosts: [] }
FileUtils.mkdir_p('data/notes')

get('/hello') { "hello\n" }

post '/notes' do
  File.write('data/notes/last', request.body.read)
  "saved\n"
end

post '/files' do
  params['file']['tempfile'].size.to_s
end
