<?php
if (!move_uploaded_file($_FILES['file']['tmp_name'], __DIR__ . '/uploads/file')) {
    http_response_code(500);
    exit;
}
echo filesize(__DIR__ . '/uploads/file');
