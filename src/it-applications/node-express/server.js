const express = require("express");
const fs = require("fs");
const path = require("path");

const app = express();
fs.mkdirSync("uploads", { recursive: true });
const log = fs.createWriteStream("logs/access.log", { flags: "a" });
log.on("error", (error) => console.error(error.message));

app.get("/hello", (request, response) => {
  log.write(request.url + "\n");
  response.send("hello\n");
});
app.put("/uploads/:name", (request, response) => {
  const file = fs.createWriteStream(path.join("uploads", path.basename(request.params.name)));
  file.on("error", (error) => response.status(500).send(error.message));
  file.on("finish", () => response.sendStatus(201));
  request.pipe(file);
});
app.use("/uploads", express.static("uploads"));
app.listen(3000);
