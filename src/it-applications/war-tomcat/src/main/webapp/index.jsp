<%@ page contentType="text/html; charset=UTF-8" %>
<!DOCTYPE html>
<title>shop</title>
<p>open since <%= java.time.Year.now() %>
